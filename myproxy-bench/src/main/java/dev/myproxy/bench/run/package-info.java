/**
 * The program {@code ./bench}: its command line, what it measures and in what order. {@link dev.myproxy.bench.run.Bench}
 * is its main class.
 */
@NullMarked
package dev.myproxy.bench.run;

import org.jspecify.annotations.NullMarked;
