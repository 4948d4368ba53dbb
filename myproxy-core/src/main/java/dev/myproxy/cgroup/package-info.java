/**
 * Control groups of clients: which group the process behind a Unix socket is in, and what its administrator wrote on it.
 *
 * <p>{@link dev.myproxy.cgroup.Cgroups} is where sessions begin, {@link dev.myproxy.cgroup.Cgroup} what scripts get. Files
 * are read by two threads of this package's own, and only when somebody asks. May use {@code address}, {@code posix},
 * {@code protocol} (byte strings) and Netty's channels.
 */
@NullMarked
package dev.myproxy.cgroup;

import org.jspecify.annotations.NullMarked;
