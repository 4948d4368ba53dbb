package dev.myproxy.it;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A client with a session that is idle, and that comes back at once whenever its session ends. It keeps a book of the
 * servers that it was at. Lives in a thread of its own.
 */
final class ReturningClient implements Closeable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    /**
     * A session.
     *
     * @param beganNanos when the client began to connect, by {@link System#nanoTime}
     * @param server     the server's id
     * @param readOnly   whether the server takes no writes
     */
    record Visit(long beganNanos, int server, boolean readOnly) {}

    private final Address proxy;
    private final String user;
    private final List<Visit> visits = new CopyOnWriteArrayList<>();
    private final List<Err> errors = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile Optional<Visit> now = Optional.empty();
    private volatile Optional<RawClient> connection = Optional.empty();
    private volatile boolean closed;

    private ReturningClient(Address proxy, String user) {
        this.proxy = proxy;
        this.user = user;
        this.thread = Thread.ofVirtual().name("client " + user).unstarted(this::run);
    }

    /** A client that logs in as a user, without a password. */
    static ReturningClient start(Address proxy, String user) {
        ReturningClient client = new ReturningClient(proxy, user);
        client.thread.start();
        return client;
    }

    /** The session that it has right now. */
    Optional<Visit> now() {
        return now;
    }

    /** Whether it has a session at a server right now. */
    boolean isAt(int server) {
        return now.filter(visit -> visit.server() == server).isPresent();
    }

    /** All sessions, the oldest first. */
    List<Visit> visits() {
        return visits;
    }

    /** The errors that logins and sessions ended with, the oldest first. */
    List<Err> errors() {
        return errors;
    }

    private void run() {
        while (!closed) {
            try {
                visit();
            } catch (IOException | RuntimeException | AssertionError _) {
                // The connection broke, as many do here, perhaps with an ERR across a query: it comes back.
            }
            now = Optional.empty();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void visit() throws IOException {
        long began = System.nanoTime();
        try (RawClient client = RawClient.connect(proxy)) {
            connection = Optional.of(client);
            Packet answer = client.limit(PATIENCE).tryLogin(Login.clear(user, ""));
            if (answer.isErr()) {
                errors.add(answer.err());
                return;
            }
            List<String> row = client.query("SELECT @@server_id, @@global.read_only").textRows().getFirst();
            Visit visit = new Visit(began, Integer.parseInt(row.getFirst()), row.get(1).equals("1"));
            visits.add(visit);
            now = Optional.of(visit);
            Packet end = client.stream().read();
            if (end.isErr()) {
                errors.add(end.err());
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        thread.interrupt();
        RawClient open = connection.orElse(null);
        if (open != null) {
            open.close();
        }
        try {
            if (!thread.join(Duration.ofSeconds(30))) {
                throw new AssertionError(thread.getName() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
