/**
 * The header of the PROXY protocol, versions 1 and 2: the first bytes of a connection, in which a balancer tells whom the
 * connection is for. Reads headers and writes them.
 *
 * <p>Pure: bytes and addresses in, bytes and addresses out. May use {@code address} and {@code protocol}. The format is that of
 * <a href="https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt">HAProxy's specification</a>.
 */
@NullMarked
package dev.myproxy.proxyheader;

import org.jspecify.annotations.NullMarked;
