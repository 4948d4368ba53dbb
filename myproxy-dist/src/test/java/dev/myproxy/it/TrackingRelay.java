package dev.myproxy.it;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Passes the bytes of clients to a server and back through nothing but the scanners, one {@link TrackedConnection} each,
 * so that tests can compare what the tracker saw with what the client did.
 */
final class TrackingRelay implements Closeable {

    private final Address server;
    private final ServerSocketChannel listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<TrackedConnection> connections = new CopyOnWriteArrayList<>();

    TrackingRelay(Address server) throws IOException {
        this.server = server;
        this.listener = Endpoints.listen(Endpoints.tcp(0));
        threads.execute(this::accept);
    }

    int port() throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    /** All connections so far, open or closed. */
    List<TrackedConnection> connections() {
        return connections;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = listener.accept();
                TrackedConnection connection = new TrackedConnection(client, Endpoints.connect(server));
                connections.add(connection);
                threads.execute(connection::toServer);
                threads.execute(connection::toClient);
            }
        } catch (AsynchronousCloseException _) {
            // The relay was closed.
        } catch (IOException e) {
            throw new IllegalStateException("The relay is broken", e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (TrackedConnection connection : connections) {
            connection.close();
        }
        threads.close();
    }
}
