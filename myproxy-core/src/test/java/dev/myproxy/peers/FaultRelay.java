package dev.myproxy.peers;

import dev.myproxy.address.Address;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between a client and a server, forwards bytes, and breaks the connection as its {@link Fault}s say.
 *
 * <pre>
 * try (FaultRelay relay = FaultRelay.start(Endpoints.tcp(0), server, Map.of(Direction.TO_CLIENT, List.of(
 *         new Fault.Split(1, Duration.ZERO))))) { … connect to relay.address() … }
 * </pre>
 *
 * Connections can also be broken at any moment through {@link #connections()}.
 */
public final class FaultRelay implements Closeable {

    private final ServerSocketChannel listener;
    private final Address address;
    private final Address server;
    private final Map<Direction, List<Fault>> faults;
    private final List<RelayedConnection> connections = new CopyOnWriteArrayList<>();
    private final Thread acceptor;
    private volatile boolean stalled;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private FaultRelay(ServerSocketChannel listener, Address address, Address server,
            Map<Direction, List<Fault>> faults) {
        this.listener = listener;
        this.address = address;
        this.server = server;
        this.faults = faults;
        acceptor = Thread.ofPlatform().daemon().name("relay " + address).unstarted(this::acceptAll);
    }

    /**
     * Starts a relay.
     *
     * @param address where it listens; at a TCP port 0 it finds a free one
     * @param server  where it forwards to
     * @param faults  by direction, applied to each connection in their order
     */
    public static FaultRelay start(Address address, Address server, Map<Direction, List<Fault>> faults)
            throws IOException {
        ServerSocketChannel listener = Endpoints.listen(address);
        FaultRelay relay = new FaultRelay(listener, Endpoints.bound(listener, address), server, faults);
        relay.acceptor.start();
        return relay;
    }

    public Address address() {
        return address;
    }

    /** All connections so far, the oldest first. */
    public List<RelayedConnection> connections() {
        return connections;
    }

    /** Stops forwarding on all connections, and on those that come, or goes on with it: as if a network was cut. */
    public void stall(boolean stop) {
        stalled = stop;
        connections.forEach(connection -> connection.stall(stop));
    }

    private void acceptAll() {
        try {
            while (true) {
                SocketChannel client = listener.accept();
                Wire toServer;
                try {
                    toServer = new Wire(Endpoints.connect(server));
                } catch (IOException _) {
                    // The server is not there: its client shall see that as a closed connection.
                    client.close();
                    continue;
                }
                RelayedConnection connection = new RelayedConnection(new Wire(client), toServer, faults);
                connections.add(connection);
                connection.stall(stalled);
                connection.start();
            }
        } catch (ClosedChannelException _) {
            // The normal end: close() closes the listener.
        } catch (IOException e) {
            failure.set(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        // It may have a connection in its hands that is in no list yet.
        FakeServer.join(acceptor);
        for (RelayedConnection connection : connections) {
            connection.close();
        }
        if (failure.get() != null) {
            throw new IOException("relay", failure.get());
        }
    }
}
