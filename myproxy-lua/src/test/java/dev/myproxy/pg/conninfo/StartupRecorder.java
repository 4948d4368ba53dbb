package dev.myproxy.pg.conninfo;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server that asks whoever connects for the password, notes what it was told, and lets nobody in. */
final class StartupRecorder implements AutoCloseable {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private final ServerSocket listener;
    private final BlockingQueue<Map<String, String>> startups = new ArrayBlockingQueue<>(16);

    StartupRecorder() throws IOException {
        listener = new ServerSocket(0, 16, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofPlatform().daemon().start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The parameters of the next client, and its password as {@code password}. */
    Map<String, String> next() throws InterruptedException {
        @Nullable
        Map<String, String> startup = startups.poll(60, TimeUnit.SECONDS);
        if (startup == null) {
            throw new AssertionError("Nobody connected");
        }
        return startup;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                converse(new DataInputStream(client.getInputStream()), new DataOutputStream(client.getOutputStream()));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void converse(DataInputStream in, DataOutputStream out) throws IOException {
        byte[] packet = in.readNBytes(in.readInt() - 4);
        int code = ByteBuffer.wrap(packet).getInt();
        if (code == SSL_REQUEST || code == GSS_REQUEST) {
            out.writeByte('N');
            converse(in, out);
            return;
        }
        Map<String, String> startup = new TreeMap<>();
        String[] words = new String(packet, 4, packet.length - 4, StandardCharsets.UTF_8).split("\0", -1);
        for (int i = 0; i + 1 < words.length && !words[i].isEmpty(); i += 2) {
            startup.put(words[i], words[i + 1]);
        }
        // AuthenticationCleartextPassword
        out.write(new byte[]{'R', 0, 0, 0, 8, 0, 0, 0, 3});
        // A client without a password goes away now.
        startup.put("password", in.read() == 'p'
                ? new String(in.readNBytes(in.readInt() - 5), StandardCharsets.UTF_8)
                : "");
        startups.add(startup);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
