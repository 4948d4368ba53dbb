package dev.myproxy.dist.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class NotifySocketTest {

    @TempDir
    private Path directory;

    @Test
    void messagesArriveAtAPath() throws IOException {
        Path path = directory.resolve("notify");

        assertThat(received(AFUNIXSocketAddress.of(path), path.toString())).isEqualTo("READY=1\nSTATUS=é");
    }

    @Test
    void messagesArriveAtAnAbstractName() throws IOException {
        String name = "myproxy-test-" + UUID.randomUUID();

        assertThat(received(AFUNIXSocketAddress.inAbstractNamespace(name), "@" + name)).isEqualTo("READY=1\nSTATUS=é");
    }

    private static String received(AFUNIXSocketAddress address, String name) throws IOException {
        try (AFUNIXDatagramSocket receiver = AFUNIXDatagramSocket.newInstance();
                NotifySocket socket = NotifySocket.to(name)) {
            receiver.bind(address);
            assertThat(socket.send("READY=1\nSTATUS=é")).isTrue();
            return next(receiver);
        }
    }

    private static String next(AFUNIXDatagramSocket receiver) throws IOException {
        receiver.setSoTimeout(60_000);
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        receiver.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Test
    void whatAManagerHasNoRoomForWaitsInOrder() throws IOException {
        Path path = directory.resolve("notify");
        try (AFUNIXDatagramSocket receiver = AFUNIXDatagramSocket.newInstance();
                NotifySocket socket = NotifySocket.to(path.toString())) {
            receiver.bind(AFUNIXSocketAddress.of(path));
            int sent = 0;
            while (socket.send("N=" + sent)) {
                sent++;
            }
            assertThat(socket.send("N=" + (sent + 1))).isFalse();

            for (int i = 0; i < sent; i++) {
                assertThat(next(receiver)).isEqualTo("N=" + i);
            }
            assertThat(socket.flush()).isTrue();
            assertThat(next(receiver)).isEqualTo("N=" + sent);
            assertThat(next(receiver)).isEqualTo("N=" + (sent + 1));
        }
    }

    @Test
    void nobodyThereIsAFailure() throws IOException {
        String path = directory.resolve("none").toString();
        try (NotifySocket socket = NotifySocket.to(path)) {
            assertThatThrownBy(() -> socket.send("READY=1")).isInstanceOf(IOException.class)
                    .hasMessage("Failed to notify " + path + ": No such file or directory");
            assertThat(socket.flush()).as("nothing waits").isTrue();
        }
    }

    @Test
    void otherKindsOfSocketAreRefused() {
        assertThatThrownBy(() -> NotifySocket.to("vsock:2:1234")).isInstanceOf(IOException.class)
                .hasMessage("Failed to notify vsock:2:1234: not a kind of socket that is known here");
    }
}
