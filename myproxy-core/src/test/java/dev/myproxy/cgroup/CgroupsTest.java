package dev.myproxy.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import dev.myproxy.address.PeerCredentials;
import dev.myproxy.listen.AcceptedClient;
import dev.myproxy.listen.EventLoopBalance;
import dev.myproxy.listen.ListenBus;
import dev.myproxy.listen.ListenerVerticle;
import dev.myproxy.posix.PosixFiles;
import dev.myproxy.posix.PosixSockets;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.transport.Transport;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.UnixChannel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the kernel's own files. What needs a hierarchy that may be written to is skipped where there is none. */
class CgroupsTest {

    private final LinkedBlockingQueue<AcceptedClient> accepted = new LinkedBlockingQueue<>();
    private final Cgroups cgroups = new Cgroups();
    private Vertx vertx;
    private Path socket;

    @TempDir
    Path directory;

    @BeforeEach
    void listen() {
        assumeTrue(Epoll.isAvailable());
        vertx = Vertx.builder().withTransport(Transport.preferred()).build();
        socket = directory.resolve("socket");
        vertx.deployVerticle(
                new ListenerVerticle(Transport.of(vertx), new Address.UnixPath(socket.toString()), directory,
                        new EventLoopBalance(vertx), accepted::add))
                .await();
        ListenBus.accept(vertx);
    }

    @AfterEach
    void stop() {
        if (vertx != null) {
            vertx.close().await();
        }
    }

    @Test
    void readsTheGroupOfTheProcess() throws Exception {
        Optional<CgroupPath> own = CgroupPath.ofProcess(Files.readString(Path.of("/proc/self/cgroup")));
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            AcceptedClient client = client();

            assertThat(await(source(client).read()).map(Cgroup::path)).isEqualTo(own.map(CgroupPath::bytes));
        }
    }

    @Test
    void leavesNoDescriptorBehind() throws Exception {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            CgroupSource source = source(client());
            List<Future<Optional<Cgroup>>> reads = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                reads.add(source.read());
            }

            await(Future.all(reads));

            assertThat(pidfds()).isZero();
        }
    }

    @Test
    void aConnectionThatIsClosedHasNoGroupAnyMore() throws Exception {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            AcceptedClient client = client();
            client.channel().close().sync();

            assertThatThrownBy(() -> await(source(client).read()))
                    .hasRootCauseMessage("the connection is closed");
        }
    }

    @Test
    void aProcessThatHasEndedIsNotTakenForAnother() throws Exception {
        Process visitor = Visitor.start(socket);
        AcceptedClient client = client();
        // so that the channel stays open, as one whose descriptor another process has inherited would
        client.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        visitor.getOutputStream().close();
        assertThat(visitor.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> await(source(client).read())).cause()
                .satisfiesAnyOf(e -> assertThat(e).hasMessage("Client process has already exited"),
                        // without SO_PEERPIDFD
                        e -> assertThat(e).hasMessageEndingWith("No such file or directory"));
        assertThat(pidfds()).isZero();
    }

    @Test
    void anotherProcessThanTheCredentialsSayIsRefused() throws Exception {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            AcceptedClient client = client();
            assumeTrue(pidfdsWork(client));

            assertThatThrownBy(() -> await(cgroups.of(client.channel(), new PeerCredentials(1, 0, 0)).read()))
                    .hasRootCauseMessage("PID mismatch");
        }
    }

    @Test
    void processesOfForeignNamespacesHaveNone() throws Exception {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            assertThat(await(cgroups.of(client().channel(), new PeerCredentials(0, 0, 0)).read())).isEmpty();
        }
    }

    @Test
    void readsAttributesOfRealGroups() throws Exception {
        Path group = newGroup();
        Path leaf = group.resolve("leaf");
        Process visitor = Visitor.start(socket);
        try {
            Files.createDirectory(leaf);
            Files.writeString(leaf.resolve("cgroup.procs"), Long.toString(visitor.pid()));
            write(leaf, "user.account", "joe");
            write(group, "user.account", "everybody");

            Cgroup cgroup = await(source(client()).read()).orElseThrow();

            assertThat(cgroup.path().utf8()).endsWith(group.getFileName() + "/leaf");
            assertThat(attribute(cgroup, "account")).contains("joe");
            assertThat(attribute(cgroup, "user.account")).contains("joe");
            assertThat(attribute(cgroup, "other")).isEmpty();
            assertThat(attribute(cgroup, "nonsense.account")).isEmpty();
            assertThat(attribute(cgroup, "x".repeat(2000))).isEmpty();
            assertThat(attribute(cgroup, "account\0")).isEmpty();
            assertThat(attribute(cgroup, "")).isEmpty();
            Cgroup parent = cgroup.parent().orElseThrow();
            assertThat(attribute(parent, "account")).contains("everybody");
            assertThat(attribute(root(cgroup), "no_such_attribute")).isEmpty();
        } finally {
            visitor.destroy();
            visitor.waitFor();
            Files.deleteIfExists(leaf);
            Files.delete(group);
        }
    }

    @Test
    void aGroupThatIsGoneSaysSo() {
        Cgroup cgroup = new KernelCgroup(new CgroupPath("/no such group"), cgroups);
        assumeTrue(hierarchy().isPresent());

        assertThatThrownBy(() -> await(cgroup.attribute(ByteString.of("account")))).rootCause().hasMessage(
                "No such file or directory");
        assertThatThrownBy(() -> await(cgroup.attribute(ByteString.of("account")))).cause().hasMessage(
                "Failed to open \"" + hierarchy().orElseThrow().mountPoint()
                        + "/no such group\": No such file or directory");
    }

    @Test
    void nothingOutsideOfTheHierarchyIsRead() {
        assumeTrue(hierarchy().isPresent());

        assertThatThrownBy(() -> await(new KernelCgroup(new CgroupPath("/../../etc"), cgroups)
                .attribute(ByteString.of("account")))).cause().hasMessageStartingWith(
                        "Failed to open \"/../../etc\": not in the part of the cgroup hierarchy");
    }

    private AcceptedClient client() throws InterruptedException {
        AcceptedClient client = accepted.poll(60, TimeUnit.SECONDS);
        assertThat(client).isNotNull();
        return client;
    }

    private CgroupSource source(AcceptedClient client) {
        return cgroups.of(client.channel(), client.credentials().orElseThrow());
    }

    private static Cgroup root(Cgroup cgroup) {
        return cgroup.parent().map(CgroupsTest::root).orElse(cgroup);
    }

    private static Optional<String> attribute(Cgroup cgroup, String name) throws Exception {
        return await(cgroup.attribute(ByteString.of(name))).map(ByteString::utf8);
    }

    private static Optional<Hierarchy> hierarchy() {
        try {
            return Hierarchy.find(Path.of("/proc/self/mountinfo"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path newGroup() {
        Optional<Hierarchy> hierarchy = hierarchy();
        assumeTrue(hierarchy.isPresent(), "no unified hierarchy");
        try {
            return Files.createDirectory(Path.of(hierarchy.get().mountPoint(), "test-" + UUID.randomUUID()));
        } catch (IOException e) {
            assumeTrue(false, "no new groups here: " + e);
            throw new AssertionError(e);
        }
    }

    private static void write(Path group, String attribute, String value) throws IOException {
        Files.getFileAttributeView(group, UserDefinedFileAttributeView.class)
                .write(attribute.substring("user.".length()), StandardCharsets.UTF_8.encode(value));
    }

    private static boolean pidfdsWork(AcceptedClient client) throws Exception {
        var pidfd = PosixSockets
                .peerPidfd(((UnixChannel) client.channel()).fd().intValue());
        if (pidfd.isPresent()) {
            PosixFiles.close(pidfd.getAsInt());
        }
        return pidfd.isPresent();
    }

    private static long pidfds() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(CgroupsTest::isPidfd).count();
        }
    }

    private static boolean isPidfd(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("pidfd");
        } catch (IOException _) {
            return false; // closed meanwhile
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
