package dev.myproxy.dist.systemd;

import java.io.FileNotFoundException;
import dev.myproxy.transport.ErrorText;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Sends the datagrams of sd_notify(3), in order, and never waits: what the manager has no room for is kept until the next call.
 * Needs Netty's native library. Thread-safe.
 */
final class NotifySocket implements Closeable {

    /** More than a manager that hangs will ever be told. */
    private static final int MOST_WAITING = 64;

    private final String name;
    private final byte[] path;
    private final Socket socket;
    private final Queue<byte[]> waiting = new ArrayDeque<>();

    private NotifySocket(String name, byte[] path, Socket socket) {
        this.name = name;
        this.path = path;
        this.socket = socket;
    }

    /**
     * Makes a socket.
     *
     * @param name a path, or {@code @} and an abstract name
     */
    static NotifySocket to(String name) throws IOException {
        if (!name.startsWith("/") && !name.startsWith("@")) {
            throw failure(name, "not a kind of socket that is known here");
        }
        if (!Epoll.isAvailable()) {
            throw failure(name, "the native transport is missing");
        }
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path[0] == '@') {
            path[0] = 0;
        }
        return new NotifySocket(name, path, Socket.newSocketDomainDgram());
    }

    /**
     * Sends a message, after those that wait.
     *
     * @param state lines {@code NAME=value}
     * @return whether everything is sent
     * @throws IOException if nobody is there; all messages are dropped then
     */
    synchronized boolean send(String state) throws IOException {
        if (waiting.size() < MOST_WAITING) {
            waiting.add(state.getBytes(StandardCharsets.UTF_8));
        }
        return flush();
    }

    /** Sends what waits. As {@link #send}. */
    synchronized boolean flush() throws IOException {
        try {
            for (byte[] next = waiting.peek(); next != null; next = waiting.peek()) {
                ByteBuffer direct = ByteBuffer.allocateDirect(next.length).put(next).flip();
                if (socket.sendToDomainSocket(direct, 0, next.length, path) == 0) {
                    return false;
                }
                waiting.remove();
            }
            return true;
        } catch (IOException e) {
            waiting.clear();
            throw failure(name, reason(e));
        }
    }

    private static String reason(IOException e) {
        // Netty's way to say it, without a text
        return e instanceof FileNotFoundException ? "No such file or directory" : ErrorText.of(e);
    }

    private static IOException failure(String name, String reason) {
        return new IOException("Failed to notify " + name + ": " + reason);
    }

    @Override
    public synchronized void close() throws IOException {
        socket.close();
    }
}
