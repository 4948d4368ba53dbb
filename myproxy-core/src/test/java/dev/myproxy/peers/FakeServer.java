package dev.myproxy.peers;

import dev.myproxy.address.Address;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that does for each connection what a script says, in a thread of its own.
 *
 * <pre>
 * try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -&gt; {
 *     c.greet();
 *     c.acceptAll();
 *     c.serve();
 * })) { … }
 * </pre>
 *
 * What went wrong in a script shows when the server is closed: a false assertion fails the test there. Ends of
 * connections that a script did not expect are only kept in {@link #failures()}, since many tests cut connections.
 */
public final class FakeServer implements Closeable {

    /** What to do with a connection, which is closed when the script returns. */
    @FunctionalInterface
    public interface Script {
        void play(ServerConnection connection) throws Exception;
    }

    private final ServerSocketChannel listener;
    private final Address address;
    private final Script script;
    private final boolean forgetful;
    private final List<ServerConnection> connections = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Thread acceptor;

    private FakeServer(ServerSocketChannel listener, Address address, Script script, boolean forgetful) {
        this.listener = listener;
        this.address = address;
        this.script = script;
        this.forgetful = forgetful;
        acceptor = Thread.ofPlatform().daemon().name("fake server " + address).unstarted(this::acceptAll);
    }

    /** Starts a server; at a TCP port 0 it finds a free one. */
    public static FakeServer start(Address address, Script script) throws IOException {
        return start(address, script, false);
    }

    /** As {@link #start(Address, Script)}, for thousands of short connections, of which nothing is kept. */
    public static FakeServer startForMany(Address address, Script script) throws IOException {
        return start(address, script, true);
    }

    private static FakeServer start(Address address, Script script, boolean forgetful) throws IOException {
        ServerSocketChannel listener = Endpoints.listen(address);
        FakeServer server = new FakeServer(listener, Endpoints.bound(listener, address), script, forgetful);
        server.acceptor.start();
        return server;
    }

    public Address address() {
        return address;
    }

    /** All connections so far, the oldest first. */
    public List<ServerConnection> connections() {
        return connections;
    }

    /** The latest connection. */
    public ServerConnection connection() {
        return connections.getLast();
    }

    /** How many connections are being served right now. */
    public long active() {
        return connections.stream().filter(ServerConnection::isServed).count();
    }

    /** What scripts ended with other than by returning. */
    public List<Throwable> failures() {
        return failures;
    }

    /** Stops listening and cuts all connections. */
    @Override
    public void close() throws IOException {
        listener.close();
        // It may have a connection in its hands that is in no list yet.
        join(acceptor);
        for (ServerConnection connection : connections) {
            connection.close();
        }
        for (Thread thread : threads) {
            join(thread);
        }
        for (Throwable failure : failures) {
            if (!(failure instanceof IOException)) {
                throw new AssertionError("script of fake server: " + failure, failure);
            }
        }
    }

    static void join(Thread thread) {
        try {
            thread.join(Wire.LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new AssertionError(thread.getName() + " does not end");
        }
    }

    private void run(String name, Runnable task) {
        threads.add(Thread.ofPlatform().daemon().name(name).start(task));
    }

    private void acceptAll() {
        try {
            while (true) {
                SocketChannel client = listener.accept();
                ServerConnection connection = new ServerConnection(new PacketStream(new Wire(client)),
                        !(address instanceof Address.Inet), connections.size());
                if (forgetful) {
                    Thread.ofPlatform().daemon().start(() -> play(connection));
                } else {
                    connections.add(connection);
                    run("fake server connection " + connections.size(), () -> play(connection));
                }
            }
        } catch (ClosedChannelException _) {
            // The normal end: close() closes the listener.
        } catch (IOException e) {
            failures.add(new AssertionError("accept", e));
        }
    }

    private void play(ServerConnection connection) {
        try (connection) {
            script.play(connection);
        } catch (Exception | AssertionError e) {
            failures.add(e);
        } finally {
            connection.served();
        }
    }
}
