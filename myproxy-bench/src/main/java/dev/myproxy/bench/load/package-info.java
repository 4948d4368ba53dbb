/**
 * Load for a MySQL server or for what stands before it, over Netty's native transport: sessions that log in as clients do
 * and select, connect again and again, carry results and files, or stay idle; and {@link dev.myproxy.bench.load.Sysbench},
 * which has others do it. {@link dev.myproxy.bench.load.Generator} is the door.
 *
 * <p>A {@link dev.myproxy.bench.load.Session} belongs to one event loop and does what its
 * {@link dev.myproxy.bench.load.Duty} says. Packets are followed by the proxy's own {@code protocol} and {@code auth}, which
 * this may use and nothing else of the proxy but {@code address}. Knows nothing of proxies and servers as processes.
 */
@NullMarked
package dev.myproxy.bench.load;

import org.jspecify.annotations.NullMarked;
