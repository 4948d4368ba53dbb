package dev.myproxy.dist.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** Stands in for the service manager: remembers what it is told. */
public final class Manager implements Closeable {

    private final AFUNIXDatagramSocket socket;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private volatile boolean closed;

    public Manager(AFUNIXSocketAddress address) throws IOException {
        socket = AFUNIXDatagramSocket.newInstance();
        socket.bind(address);
        socket.setSoTimeout(50);
        reader = Thread.ofPlatform().daemon().start(this::read);
    }

    private void read() {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        while (!closed) {
            try {
                packet.setLength(4096);
                socket.receive(packet);
                messages.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
            } catch (SocketTimeoutException _) {
                // looks whether this is over
            } catch (IOException e) {
                if (!closed) {
                    messages.add("can't receive: " + e);
                }
                return;
            }
        }
    }

    /** What it was told so far. */
    public List<String> messages() {
        return messages;
    }

    /** Waits for a message. */
    public String await(Predicate<String> wanted) {
        Awaitility.await().atMost(java.time.Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(messages).anyMatch(wanted));
        return messages.stream().filter(wanted).findFirst().orElseThrow();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        socket.close();
    }
}
