package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class SystemdTest {

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void readyArrivesAtAPath(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("notify");

        assertThat(received(AFUNIXSocketAddress.of(path), path.toString())).isEqualTo("READY=1");
    }

    @Test
    void readyArrivesAtAnAbstractName() throws IOException {
        String name = "myproxy-test-" + UUID.randomUUID();

        assertThat(received(AFUNIXSocketAddress.inAbstractNamespace(name), "@" + name)).isEqualTo("READY=1");
    }

    @Test
    void nobodyThereIsAFailure(@TempDir Path directory) {
        String path = directory.resolve("none").toString();

        assertThatThrownBy(() -> Systemd.at(path, loops).orElseThrow().ready()).isInstanceOf(IOException.class)
                .hasMessage("Failed to notify " + path + ": No such file or directory");
    }

    @Test
    void otherKindsOfSocketAreRefused() {
        assertThatThrownBy(() -> Systemd.at("vsock:2:1234", loops).orElseThrow().ready())
                .isInstanceOf(IOException.class).hasMessageContaining("vsock:2:1234");
    }

    @Test
    void withoutASocketThereIsNoServiceManager() {
        assertThat(Systemd.at(null, loops)).isEmpty();
        assertThat(Systemd.at("", loops)).isEmpty();
    }

    private String received(AFUNIXSocketAddress address, String socket) throws IOException {
        try (AFUNIXDatagramSocket receiver = AFUNIXDatagramSocket.newInstance()) {
            receiver.bind(address);
            receiver.setSoTimeout(10_000);
            Systemd.at(socket, loops).orElseThrow().ready();
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            receiver.receive(packet);
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
        }
    }
}
