/**
 * Tests of the daemon as it is delivered, started as a process, between real or scripted servers and real or raw clients,
 * and the parts that they are made of.
 *
 * <p>They know the daemon only by its command line, its configuration, its sockets and its log.
 */
@NullMarked
package dev.myproxy.it;

import org.jspecify.annotations.NullMarked;
