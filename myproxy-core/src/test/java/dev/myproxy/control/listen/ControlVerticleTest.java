package dev.myproxy.control.listen;

import dev.myproxy.posix.SocketFacts;
import dev.myproxy.inherit.InheritedSocket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import dev.myproxy.address.AddressParser;
import dev.myproxy.address.Purpose;
import dev.myproxy.control.ControlCommand;
import dev.myproxy.control.ControlDatagram;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.control.SenderRule;
import dev.myproxy.control.SenderRules;
import dev.myproxy.listen.ListenBus;
import dev.myproxy.posix.ErrnoException;
import dev.myproxy.posix.MessageSocket;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.transport.Transport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class ControlVerticleTest {

    private static final String NOBODY = "65534";

    @TempDir
    Path dir;

    private final Vertx vertx = Vertx.builder().with(new VertxOptions().setEventLoopPoolSize(2))
            .withTransport(Transport.preferred()).build();
    private final BlockingQueue<String> accounts = new LinkedBlockingQueue<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ControlMeters meters = new ControlMeters(registry);

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private ControlVerticle listen(Address address, ControlOptions options) throws Exception {
        ControlVerticle verticle = new ControlVerticle(address, dir, options, account -> {
            accounts.add(account.utf8());
            return Future.succeededFuture(1);
        }, meters);
        vertx.deployVerticle(verticle).await(60, TimeUnit.SECONDS);
        return verticle;
    }

    private ControlVerticle listen(String address, ControlOptions options) throws Exception {
        return listen(AddressParser.parseNumeric(ByteString.of(address), 0, Purpose.LISTEN), options);
    }

    private static ControlOptions allowing(String... rules) {
        List<SenderRule> parsed = Stream.of(rules).map(SenderRules::parse).toList();
        return new ControlOptions(Optional.empty(), Optional.empty(), Optional.of(parsed));
    }

    private static byte[] disconnect(String account) {
        ControlDatagram datagram = new ControlDatagram();
        datagram.add(ControlCommand.DISCONNECT_DATABASE, ByteString.of(account));
        return datagram.toBytes().toByteArray();
    }

    private static void sendUnix(AFUNIXSocketAddress to, byte[] bytes) throws IOException {
        try (AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance()) {
            socket.connect(to);
            socket.send(new DatagramPacket(bytes, bytes.length));
        }
    }

    private static void sendUdp(String to, ControlVerticle listener, byte[] bytes) throws IOException {
        int port = ((Address.Inet) listener.address()).socket().getPort();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName(to), port));
        }
    }

    private String next() throws InterruptedException {
        String account = accounts.poll(60, TimeUnit.SECONDS);
        assertThat(account).as("a command within 30 s").isNotNull();
        return account;
    }

    private double count(String name, String... tags) {
        return registry.get("myproxy.control." + name).tags(tags).counter().count();
    }

    @Test
    void takesCommandsOverUnixSockets() throws Exception {
        Path path = dir.resolve("control");
        String id = vertx.deployVerticle(new ControlVerticle(new Address.UnixPath(path.toString()), dir,
                ControlOptions.DEFAULT, account -> {
                    accounts.add(account.utf8());
                    return Future.succeededFuture(1);
                }, meters)).await();

        sendUnix(AFUNIXSocketAddress.of(path), disconnect("early"));
        assertThat(accounts).isEmpty();
        ListenBus.accept(vertx);

        assertThat(next()).isEqualTo("early");
        sendUnix(AFUNIXSocketAddress.of(path), disconnect("late"));
        assertThat(next()).isEqualTo("late");
        vertx.undeploy(id).await();
        assertThat(path).doesNotExist();
    }

    @Test
    void takesCommandsOverInheritedSockets() throws Exception {
        Path path = dir.resolve("inherited");
        try (MessageSocket unix = MessageSocket.unix(); MessageSocket udp = MessageSocket.ipv4()) {
            unix.bind(path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            udp.bind(InetAddress.ofLiteral("127.0.0.1"), 0);
            vertx.deployVerticle(adopting(unix.descriptor())).await(60, TimeUnit.SECONDS);
            ControlVerticle overUdp = adopting(udp.descriptor());
            vertx.deployVerticle(overUdp).await(60, TimeUnit.SECONDS);
            ListenBus.accept(vertx);

            sendUnix(AFUNIXSocketAddress.of(path), disconnect("unix"));
            assertThat(next()).isEqualTo("unix");
            sendUdp("127.0.0.1", overUdp, disconnect("udp"));
            assertThat(next()).isEqualTo("udp");
        }
        assertThat(path).exists();
    }

    @Test
    void inheritedSocketsMustTellWhoSends() throws Exception {
        Path path = dir.resolve("inherited");
        try (AFUNIXDatagramSocket silent = AFUNIXDatagramSocket.newInstance()) {
            silent.bind(AFUNIXSocketAddress.of(path));
            int descriptor = descriptorOf(path);

            assertThatThrownBy(() -> vertx.deployVerticle(adopting(descriptor)).await(60, TimeUnit.SECONDS))
                    .isInstanceOf(IOException.class).hasMessageContaining(
                            "does not say who sends: its unit must have PassCredentials=yes");
        }
    }

    /** The descriptor of the socket that is bound to a path. */
    private static int descriptorOf(Path path) throws IOException {
        for (int descriptor = 3; descriptor < 4096; descriptor++) {
            if (SocketFacts.of(descriptor).flatMap(SocketFacts::address)
                    .filter(address -> address.toString().equals(path.toString())).isPresent()) {
                return descriptor;
            }
        }
        throw new AssertionError("no socket at " + path);
    }

    private ControlVerticle adopting(int descriptor) throws IOException {
        return ControlVerticle.adopting(
                new InheritedSocket(descriptor, "control", SocketFacts.of(descriptor)), ControlOptions.DEFAULT,
                account -> {
                    accounts.add(account.utf8());
                    return Future.succeededFuture(1);
                }, meters);
    }

    @Test
    void takesCommandsOverAbstractSockets() throws Exception {
        String name = "myproxy-test-" + UUID.randomUUID();
        listen("@" + name, ControlOptions.DEFAULT);
        ListenBus.accept(vertx);

        sendUnix(AFUNIXSocketAddress.inAbstractNamespace(name), disconnect("a"));

        assertThat(next()).isEqualTo("a");
        assertThatThrownBy(() -> listen("@" + name, ControlOptions.DEFAULT)).isInstanceOf(IOException.class)
                .hasMessage("Failed to bind to @" + name + ": Address already in use");
    }

    @Test
    void takesCommandsOverUdp() throws Exception {
        ControlVerticle listener = listen("127.0.0.1:0", ControlOptions.DEFAULT);
        assertThat(listener.isReading()).isFalse();
        ListenBus.accept(vertx);

        sendUdp("127.0.0.1", listener, disconnect("a"));

        assertThat(next()).isEqualTo("a");
        assertThat(listener.isReading()).isTrue();
        assertThatThrownBy(() -> listen(listener.address(), ControlOptions.DEFAULT))
                .hasMessage("Failed to bind to " + listener.address() + ": Address already in use");
    }

    @Test
    void theWildcardTakesIpv4AndIpv6() throws Exception {
        ControlVerticle listener = listen("*", ControlOptions.DEFAULT);
        ListenBus.accept(vertx);

        sendUdp("127.0.0.1", listener, disconnect("four"));
        assertThat(next()).isEqualTo("four");
        assumeTrue(hasIpv6(), "this machine has no IPv6");
        sendUdp("::1", listener, disconnect("six"));
        assertThat(next()).isEqualTo("six");
    }

    @Test
    void readsLargeDatagramsWholeAndRefusesLargerOnes() throws Exception {
        String name = "myproxy-test-" + UUID.randomUUID();
        listen("@" + name, ControlOptions.DEFAULT);
        ListenBus.accept(vertx);
        String account = "x".repeat(65_000);

        sendUnix(AFUNIXSocketAddress.inAbstractNamespace(name), disconnect(account));
        assertThat(next()).isEqualTo(account);

        byte[] tooLong = java.util.Arrays.copyOf(disconnect("a"), 100_000);
        sendUnix(AFUNIXSocketAddress.inAbstractNamespace(name), tooLong);
        Awaitility.await().until(() -> count("malformed.datagrams", "defect", "too_long") == 1);
        assertThat(accounts).isEmpty();
    }

    @Test
    void hostsThatAreNotNamedAreRefused() throws Exception {
        ControlVerticle listener = listen("127.0.0.1:0", allowing("192.0.2.0/24"));
        ListenBus.accept(vertx);

        sendUdp("127.0.0.1", listener, disconnect("a"));

        Awaitility.await().until(() -> count("refused.datagrams", "sender", "udp") == 1);
        assertThat(accounts).isEmpty();
    }

    @Test
    void theKernelSaysWhoSends() throws Exception {
        long uid = Files.getAttribute(dir, "unix:uid") instanceof Integer number ? number : -1;
        String mine = "myproxy-test-" + UUID.randomUUID();
        String others = "myproxy-test-" + UUID.randomUUID();
        listen("@" + mine, allowing("unix:uid=" + uid));
        listen("@" + others, allowing("unix:uid=" + (uid + 1)));
        ListenBus.accept(vertx);

        sendUnix(AFUNIXSocketAddress.inAbstractNamespace(others), disconnect("a"));
        sendUnix(AFUNIXSocketAddress.inAbstractNamespace(mine), disconnect("b"));

        Awaitility.await().until(() -> count("refused.datagrams", "sender", "unix") == 1);
        assertThat(next()).isEqualTo("b");
        assertThat(accounts).isEmpty();
    }

    @Test
    void anotherUserIsRefusedUnlessNamed() throws Exception {
        assumeTrue((Integer) Files.getAttribute(dir, "unix:uid") == 0, "only root can send as somebody else");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")) && Files.isExecutable(Path.of("/usr/bin/perl")),
                "needs setpriv and perl");
        String usual = "myproxy-test-" + UUID.randomUUID();
        String open = "myproxy-test-" + UUID.randomUUID();
        listen("@" + usual, ControlOptions.DEFAULT);
        listen("@" + open, allowing("unix:uid=" + NOBODY));
        ListenBus.accept(vertx);

        sendAsNobody(usual, disconnect("a"));
        Awaitility.await().until(() -> count("refused.datagrams", "sender", "unix") == 1);

        sendAsNobody(open, disconnect("b"));
        assertThat(next()).isEqualTo("b");
        assertThat(accounts).isEmpty();
    }

    private static void sendAsNobody(String name, byte[] bytes) throws Exception {
        Process process = new ProcessBuilder("/usr/bin/setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY,
                "--clear-groups", "/usr/bin/perl", "-MSocket", "-e",
                "socket(S, PF_UNIX, SOCK_DGRAM, 0) && send(S, pack('H*', $ARGV[1]), 0, pack_sockaddr_un(\"\\0$ARGV[0]\"))"
                        + " or die $!",
                name, java.util.HexFormat.of().formatHex(bytes)).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void theFilesModeFollowsTheRules() throws Exception {
        Path plain = dir.resolve("plain");
        Path ruled = dir.resolve("ruled");

        listen(plain.toString(), ControlOptions.DEFAULT);
        listen(ruled.toString(), allowing("unix:gid=33"));

        assertThat(Files.getPosixFilePermissions(ruled)).isEqualTo(PosixFilePermissions.fromString("rw-rw-rw-"));
        leaveSocketFile(dir.resolve("umask"));
        assertThat(Files.getPosixFilePermissions(plain))
                .isEqualTo(Files.getPosixFilePermissions(dir.resolve("umask")));
    }

    @Test
    void takesThePlaceOfADeadProcessOnly() throws Exception {
        Path path = dir.resolve("control");
        try (AFUNIXDatagramSocket dead = AFUNIXDatagramSocket.newInstance()) {
            dead.bind(AFUNIXSocketAddress.of(path));
            assertThatThrownBy(() -> listen(path.toString(), ControlOptions.DEFAULT))
                    .hasMessage("Failed to bind to " + path + ": Address already in use");
        }
        Files.deleteIfExists(path);
        Files.writeString(path, "mine");
        assertThatThrownBy(() -> listen(path.toString(), ControlOptions.DEFAULT))
                .hasMessage("Failed to bind to " + path + ": The file exists and is not a socket");
        assertThat(path).hasContent("mine");
        Files.delete(path);
        leaveSocketFile(path);

        listen(path.toString(), ControlOptions.DEFAULT);
        ListenBus.accept(vertx);

        sendUnix(AFUNIXSocketAddress.of(path), disconnect("a"));
        assertThat(next()).isEqualTo("a");
    }

    private static void leaveSocketFile(Path path) throws IOException {
        try (MessageSocket socket = MessageSocket.unix()) {
            socket.bind(path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(path).exists();
    }

    @Test
    void joinsGroups() throws Exception {
        assumeTrue(mayChooseInterfaces(), "kernels before Linux 5.7 let only root choose a network interface");
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        InetAddress group = InetAddress.ofLiteral("239.1.2.3");
        ControlOptions options = new ControlOptions(Optional.of(group), Optional.of(loopback.getName()),
                Optional.of(List.of(SenderRules.parse("0.0.0.0/0"))));
        ControlVerticle listener = listen("*", options);
        ListenBus.accept(vertx);
        int port = ((Address.Inet) listener.address()).socket().getPort();

        try (MulticastSocket socket = new MulticastSocket()) {
            socket.setNetworkInterface(loopback);
            socket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            byte[] bytes = disconnect("a");
            socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(group, port)));
        }

        assertThat(next()).isEqualTo("a");
        // the address is shared
        listen(listener.address(), options);
    }

    private static boolean mayChooseInterfaces() throws IOException {
        try (MessageSocket socket = MessageSocket.ipv4()) {
            socket.bindToDevice("lo");
            return true;
        } catch (ErrnoException e) {
            return e.errno() != 1;
        }
    }

    @Test
    void saysWhatTheKernelRefuses() throws Exception {
        assumeTrue(mayChooseInterfaces(), "kernels before Linux 5.7 let only root choose a network interface");
        ControlOptions noDevice = new ControlOptions(Optional.empty(), Optional.of("nosuchif0"), Optional.empty());
        assertThatThrownBy(() -> listen("127.0.0.1:0", noDevice)).isInstanceOf(IOException.class)
                .hasMessage("Failed to set SO_BINDTODEVICE: No such device");
        ControlOptions noGroup = new ControlOptions(Optional.of(InetAddress.ofLiteral("192.0.2.1")), Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> listen("127.0.0.1:0", noGroup)).isInstanceOf(IOException.class)
                .hasMessage("Failed to join multicast group 192.0.2.1: Invalid argument");
        assertThatThrownBy(() -> listen("192.0.2.1:0", ControlOptions.DEFAULT)).isInstanceOf(IOException.class)
                .hasMessage("Failed to bind to 192.0.2.1: Cannot assign requested address");
    }

    private static boolean hasIpv6() throws IOException {
        return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(NetworkInterface::inetAddresses).anyMatch(InetAddress.ofLiteral("::1")::equals);
    }
}
