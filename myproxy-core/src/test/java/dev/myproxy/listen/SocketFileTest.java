package dev.myproxy.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {

    @TempDir
    Path dir;

    @Test
    void deletesTheSocketOfADeadProcess() throws Exception {
        Path path = dir.resolve("dead");
        bind(path, 1).close();
        assertThat(path).exists();

        SocketFile.makeRoom(path);

        assertThat(path).doesNotExist();
        SocketFile.makeRoom(path);
    }

    @Test
    void leavesALiveSocketAlone() throws Exception {
        Path path = dir.resolve("live");
        try (ServerSocketChannel server = bind(path, 1)) {
            assertThatThrownBy(() -> SocketFile.makeRoom(path)).hasMessage("Address already in use");
            assertThat(server.isOpen()).isTrue();
            assertThat(path).exists();
        }
    }

    @Test
    void leavesABusySocketAlone() throws Exception {
        // given a live socket whose backlog is full
        Path path = dir.resolve("busy");
        try (ServerSocketChannel server = bind(path, 1);
                SocketChannel one = SocketChannel.open(UnixDomainSocketAddress.of(path));
                SocketChannel two = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertThat(one.isConnected() && two.isConnected() && server.isOpen()).isTrue();
            assertThatThrownBy(() -> SocketFile.makeRoom(path)).hasMessage("Address already in use");
        }
    }

    @Test
    void leavesADatagramSocketAlone() throws Exception {
        Path path = dir.resolve("datagrams");
        Socket socket = Socket.newSocketDomainDgram();
        try {
            socket.bind(new DomainSocketAddress(path.toString()));
            assertThatThrownBy(() -> SocketFile.makeRoom(path)).hasMessage("Address already in use");
            assertThat(path).exists();
        } finally {
            socket.close();
        }
    }

    @Test
    void leavesOtherFilesAlone() throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "precious");
        Path link = Files.createSymbolicLink(dir.resolve("link"), dir.resolve("nowhere"));
        for (Path path : new Path[]{file, link, dir}) {
            assertThatThrownBy(() -> SocketFile.makeRoom(path)).hasMessage("The file exists and is not a socket");
        }
        assertThat(file).hasContent("precious");
    }

    @Test
    void removesOnlyWhatIsItsOwn() throws Exception {
        Path path = dir.resolve("s");
        bind(path, 1).close();
        SocketFile first = SocketFile.of(path);
        Files.move(path, dir.resolve("elsewhere"));
        bind(path, 1).close();

        first.remove();
        assertThat(path).exists();

        SocketFile.of(path).remove();
        assertThat(path).doesNotExist();
        first.remove();
    }

    private static ServerSocketChannel bind(Path path, int backlog) throws Exception {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path), backlog);
    }
}
