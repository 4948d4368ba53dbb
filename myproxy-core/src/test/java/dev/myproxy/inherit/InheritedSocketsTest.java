package dev.myproxy.inherit;

import io.netty.channel.epoll.Epoll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.inherit.InheritedSocket.Use;
import dev.myproxy.posix.PosixFiles;
import dev.myproxy.posix.SocketFacts;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InheritedSocketsTest {

    static {
        Epoll.ensureAvailability();
    }

    @TempDir
    Path directory;

    private final List<Socket> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Test
    void allAreTakenOnce() throws IOException {
        InheritedSocket unix = inherited("a", listening(directory.resolve("s").toString()));
        InheritedSocket tcp = inherited("b", listening());
        InheritedSockets sockets = new InheritedSockets(List.of(unix, tcp), Optional.empty());
        assertThat(sockets.left()).containsExactly(unix, tcp);

        assertThat(sockets.take(Optional.empty(), Use.CLIENTS)).containsExactly(unix, tcp);

        assertThat(unix.address()).hasToString(directory.resolve("s").toString());
        assertThat(tcp.address().toString()).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(sockets.left()).isEmpty();
        assertThatThrownBy(() -> sockets.take(Optional.empty(), Use.CLIENTS)).isInstanceOf(IOException.class)
                .hasMessage("No systemd socket");
    }

    @Test
    void thoseOfANameAreTakenApart() throws IOException {
        InheritedSocket one = inherited("mysql", listening());
        InheritedSocket two = inherited("metrics", listening());
        InheritedSocket three = inherited("mysql", listening());
        InheritedSockets sockets = new InheritedSockets(List.of(one, two, three), Optional.empty());

        assertThat(sockets.addresses(Optional.of("mysql"))).containsExactly(one.address(), three.address());
        assertThat(sockets.take(Optional.of("mysql"), Use.CLIENTS)).containsExactly(one, three);
        assertThatThrownBy(() -> sockets.take(Optional.of("mysql"), Use.CLIENTS))
                .hasMessageStartingWith("No systemd socket \"mysql\": another listener has taken it");
        assertThatThrownBy(() -> sockets.take(Optional.of("x"), Use.CLIENTS))
                .hasMessage("No systemd socket \"x\": there is \"mysql\", \"metrics\"");
        assertThat(sockets.take(Optional.empty(), Use.CLIENTS)).containsExactly(two);
    }

    @Test
    void whatIsNotFitIsSaidAndNothingIsTaken() throws IOException {
        InheritedSocket good = inherited("good", listening());
        Socket datagrams = Socket.newSocketDomainDgram();
        open.add(datagrams);
        datagrams.bind(new DomainSocketAddress("\0myproxy-test-" + UUID.randomUUID()));
        InheritedSockets sockets = new InheritedSockets(List.of(good, inherited("control", datagrams)),
                Optional.empty());

        assertThatThrownBy(() -> sockets.take(Optional.empty(), Use.CLIENTS)).isInstanceOf(IOException.class)
                .hasMessageMatching(
                        "systemd's descriptor \\d+ \\(\"control\", @myproxy-test-.*\\) is a datagram socket, "
                                + "but a stream socket that listens is needed; take sockets of different kinds by their names:"
                                + " systemd\\('NAME'\\)");
        assertThat(sockets.left()).hasSize(2);
        assertThat(sockets.take(Optional.of("control"), Use.DATAGRAMS)).hasSize(1);
        assertThatThrownBy(() -> sockets.take(Optional.of("good"), Use.DATAGRAMS))
                .hasMessageContaining("is a stream socket that listens, but a datagram socket is needed");
    }

    @Test
    void connectedSocketsAndFilesAreNotFit() throws IOException {
        Socket silent = Socket.newSocketDomain();
        open.add(silent);
        silent.bind(new DomainSocketAddress(directory.resolve("silent").toString()));
        assertThatThrownBy(() -> new InheritedSockets(List.of(inherited("c", silent)), Optional.empty())
                .take(Optional.empty(), Use.CLIENTS))
                .hasMessageContaining("does not listen (its unit must say Accept=no)");

        Socket nameless = Socket.newSocketDomain();
        open.add(nameless);
        assertThat(inherited("c", nameless).use()).isEmpty();

        assertThatThrownBy(() -> new InheritedSockets(
                List.of(new InheritedSocket(9999, "gone", SocketFacts.of(9999))), Optional.empty())
                .take(Optional.empty(), Use.CLIENTS))
                .hasMessageContaining("descriptor 9999 (\"gone\") is no socket");
    }

    @Test
    void whyThereAreNoneIsSaid() {
        assertThatThrownBy(() -> InheritedSockets.none().take(Optional.empty(), Use.CLIENTS))
                .hasMessage("No systemd socket");
        assertThatThrownBy(() -> new InheritedSockets(List.of(), Optional.of("LISTEN_PID is \"1\""))
                .take(Optional.empty(), Use.CLIENTS)).hasMessage("No systemd socket: LISTEN_PID is \"1\"");
    }

    @Test
    void theSocketStaysWhenACopyIsClosed() throws IOException {
        Socket socket = listening();
        InheritedSocket inherited = inherited("x", socket);
        int copy = inherited.open();

        assertThat(copy).isNotEqualTo(socket.intValue());
        assertThat(SocketFacts.of(copy)).isEqualTo(inherited.facts());
        PosixFiles.close(copy);
        assertThat(SocketFacts.of(copy)).isEmpty();
        assertThat(SocketFacts.of(socket.intValue())).isEqualTo(inherited.facts());
    }

    @Test
    void programsGetNoDescriptor() throws IOException {
        Socket socket = listening();

        InheritedSockets sockets = InheritedSockets.of(socket.intValue(),
                new ListenVariables(List.of("x"), Optional.empty()));

        assertThat(sockets.left()).hasSize(1);
        assertThat(Files.readString(Path.of("/proc/self/fdinfo/" + socket.intValue())).lines()
                .filter(line -> line.startsWith("flags:")).map(line -> Integer.parseInt(line.substring(6).strip(), 8)))
                .allMatch(flags -> (flags & 02000000) != 0);
    }

    private InheritedSocket inherited(String name, Socket socket) throws IOException {
        return new InheritedSocket(socket.intValue(), name, SocketFacts.of(socket.intValue()));
    }

    private Socket listening(String path) throws IOException {
        return listening(Socket.newSocketDomain(), new DomainSocketAddress(path));
    }

    private Socket listening() throws IOException {
        return listening(Socket.newSocketStream(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private Socket listening(Socket socket, java.net.SocketAddress address) throws IOException {
        open.add(socket);
        socket.bind(address);
        socket.listen(8);
        return socket;
    }
}
