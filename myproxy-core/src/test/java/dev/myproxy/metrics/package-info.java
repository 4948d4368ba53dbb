/** Tests of the HTTP server for metrics. */
@NullMarked
package dev.myproxy.metrics;

import org.jspecify.annotations.NullMarked;
