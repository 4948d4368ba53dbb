/**
 * What is measured: no proxy at all, a distribution of myproxy, HAProxy, or whatever listens already. Starts processes with
 * configurations of their own, says when they answer, and reads their processor time and memory from {@code /proc}.
 */
@NullMarked
package dev.myproxy.bench.subject;

import org.jspecify.annotations.NullMarked;
