package dev.myproxy.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class MessageReaderTest implements MessageReceiver {

    @TempDir
    Path dir;

    private final List<String> received = new ArrayList<>();
    private final MessageReader reader = new MessageReader(5);

    @Override
    public void fromProcess(byte[] bytes, int pid, int uid, int gid) {
        received.add(new String(bytes, StandardCharsets.UTF_8) + " of " + pid + " " + uid + " " + gid);
    }

    @Override
    public void fromHost(byte[] bytes, InetAddress host) {
        received.add(new String(bytes, StandardCharsets.UTF_8) + " of " + host.getHostAddress());
    }

    private static DatagramPacket packet(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new DatagramPacket(bytes, bytes.length);
    }

    private static byte[] path(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void tellsWhoSends() throws Exception {
        Path path = dir.resolve("s");
        try (MessageSocket socket = MessageSocket.unix();
                AFUNIXDatagramSocket peer = AFUNIXDatagramSocket.newInstance()) {
            socket.bind(path(path));
            assertThat(reader.read(socket, this)).isFalse();
            peer.connect(AFUNIXSocketAddress.of(path));
            peer.send(packet("abc"));
            peer.send(packet(""));
            peer.send(packet("abcdefgh"));

            assertThat(reader.read(socket, this)).isTrue();
            assertThat(reader.read(socket, this)).isTrue();
            assertThat(reader.read(socket, this)).isTrue();
            assertThat(reader.read(socket, this)).isFalse();
        }
        String me = " of " + ProcessHandle.current().pid() + " " + Files.getAttribute(path, "unix:uid") + " "
                + Files.getAttribute(path, "unix:gid");
        assertThat(received).containsExactly("abc" + me, me, "abcde" + me);
    }

    @Test
    void dropsDescriptorsThatAreSentAlong() throws Exception {
        Path path = dir.resolve("s");
        Path secret = Files.writeString(dir.resolve("secret"), "x");
        try (MessageSocket socket = MessageSocket.unix();
                AFUNIXDatagramSocket peer = AFUNIXDatagramSocket.newInstance()) {
            socket.bind(path(path));
            peer.connect(AFUNIXSocketAddress.of(path));
            try (FileInputStream open = new FileInputStream(secret.toFile())) {
                peer.setOutboundFileDescriptors(open.getFD());
                peer.send(packet("abc"));
            }

            assertThat(reader.read(socket, this)).isTrue();

            assertThat(received).singleElement().asString().startsWith("abc of ");
            assertThat(openFiles()).doesNotContain(secret.toRealPath());
        }
    }

    private static List<Path> openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.flatMap(descriptor -> {
                try {
                    return Stream.of(Files.readSymbolicLink(descriptor));
                } catch (IOException _) {
                    // closed meanwhile
                    return Stream.empty();
                }
            }).toList();
        }
    }

    @Test
    void readsUdp() throws Exception {
        try (MessageSocket socket = MessageSocket.ipv4(); DatagramSocket peer = new DatagramSocket()) {
            socket.bind(InetAddress.ofLiteral("127.0.0.1"), 0);
            peer.connect(socket.boundTo());
            peer.send(packet("abc"));

            org.awaitility.Awaitility.await().until(() -> reader.read(socket, this));
        }
        assertThat(received).containsExactly("abc of 127.0.0.1");
    }

    @Test
    void errorsAreThoseOfTheKernel() throws Exception {
        try (MessageSocket socket = MessageSocket.unix()) {
            assertThatThrownBy(() -> socket.bind(path(dir.resolve("no/such/directory"))))
                    .isInstanceOf(ErrnoException.class).hasMessage("No such file or directory");
        }
    }
}
