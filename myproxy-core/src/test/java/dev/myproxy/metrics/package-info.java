/** Tests of what is counted and how it is shown. */
@NullMarked
package dev.myproxy.metrics;

import org.jspecify.annotations.NullMarked;
