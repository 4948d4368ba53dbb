package dev.myproxy.admin.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/** Asks a daemon at its Unix socket. Java's HTTP client knows no such sockets; HTTP/1.0, with its end at the end of the stream, will do. */
public final class AdminClient {

    /** How long an answer may take. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    /** How long reloading may take: the daemon gives up a configuration that does not end after a minute. */
    static final Duration RELOAD_LIMIT = Duration.ofSeconds(80);

    private final String socket;
    private final Duration limit;

    /**
     * @param socket path of the Unix socket
     */
    public AdminClient(String socket) {
        this(socket, LIMIT);
    }

    AdminClient(String socket, Duration limit) {
        this.socket = socket;
        this.limit = limit;
    }

    /**
     * Asks for a document.
     *
     * @param path with its query
     * @throws AdminException if there is no answer, or another one than the document
     */
    public byte[] get(String path) throws AdminException {
        return exchange("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n");
    }

    /**
     * Ends a session.
     *
     * @throws AdminException if that was not possible
     */
    public byte[] kill(long id) throws AdminException {
        return exchange(post("/api/sessions/" + id + "/kill", "kill"));
    }

    /**
     * Lets the daemon do what SIGHUP does, and waits for the end of that.
     *
     * @throws AdminException if that failed, with the reason
     */
    public byte[] reload() throws AdminException {
        return new AdminClient(socket, RELOAD_LIMIT).exchange(post("/api/reload", "reload"));
    }

    private static String post(String path, String intent) {
        return "POST " + path + " HTTP/1.0\r\nHost: localhost\r\nMyproxy-Intent: " + intent
                + "\r\nContent-Length: 0\r\n\r\n";
    }

    private byte[] exchange(String request) throws AdminException {
        if (socket.startsWith("@")) {
            throw AdminException
                    .strange("Abstract sockets such as " + socket + " can't be asked by this command: let the"
                            + " daemon listen on a path, too, with admin_listen('/run/cm4all/myproxy/admin.sock')");
        }
        HttpAnswer answer;
        Timer timer = new Timer("deadline", true);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            timer.schedule(closing(channel), limit.toMillis());
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            answer = HttpAnswer.read(all(channel));
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            throw failure(e);
        } finally {
            timer.cancel();
        }
        if (answer.status() == 200) {
            return answer.body();
        }
        throw AdminException.refused(answer.status(), answer.error());
    }

    private static byte[] all(SocketChannel channel) throws IOException {
        try (InputStream stream = Channels.newInputStream(channel)) {
            return stream.readAllBytes();
        }
    }

    private static TimerTask closing(SocketChannel channel) {
        return new TimerTask() {
            @Override
            public void run() {
                try {
                    channel.close();
                } catch (IOException _) {
                    // the other thread sees that it can't go on
                }
            }
        };
    }

    private AdminException failure(Exception cause) {
        String reason = String.valueOf(cause.getMessage());
        if (cause instanceof AsynchronousCloseException && !(cause instanceof ClosedByInterruptException)) {
            return AdminException.unreachable("The daemon at " + socket + " does not answer: nothing came within "
                    + limit.toSeconds() + " s", cause);
        }
        if (reason.contains("No such file")) {
            return AdminException.unreachable("There is no socket " + socket + ": the daemon is not running, or its"
                    + " configuration lacks admin_listen('" + socket + "'). Another socket can be named with --socket"
                    + " or the environment variable MYPROXY_ADMIN.", cause);
        }
        if (cause instanceof ConnectException) {
            return AdminException.unreachable("Nobody listens on " + socket + ": " + reason
                    + ". The daemon that left it there is not running any more.", cause);
        }
        if (reason.contains("Permission denied")) {
            return AdminException
                    .notPermitted("Permission denied on " + socket + ": try it as root or as the user of the"
                            + " daemon, or let others in with the option mode of admin_listen.", cause);
        }
        return AdminException.unreachable("Can't ask the daemon at " + socket + ": " + reason, cause);
    }
}
