package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Wire;
import dev.myproxy.script.Handlers;
import dev.myproxy.transport.Sockets;
import dev.myproxy.transport.TestedTransport;
import io.netty.util.ResourceLeakDetector;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What passes through a session in the command phase makes no objects on its event loop: neither in our handlers nor in
 * Netty's channels for epoll under them, over real sockets; those for io_uring make one for each operation that they ask the
 * system for, however many packets it carries. No compiler is needed for that, so it holds from the first command on.
 */
class CommandPhaseAllocationTest {

    private static final int TURNS = 1_000;
    /** What is made once for all, such as a class at its first use, can't be in each of these. */
    private static final int ROUNDS = 3;
    /** Objects have 16 bytes at least: this is one in ten turns. */
    private static final long BOUND = TURNS * 16L / 10;
    /** Waiting for each of both sockets, two reads and two writes, of 56 bytes each. */
    private static final long OPERATIONS = TURNS * 6L * 56;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ResourceLeakDetector.Level leakDetection = ResourceLeakDetector.getLevel();

    /** What goes to and fro in each turn. */
    @SuppressWarnings("ImmutableEnumChecker") // Nobody changes the arrays.
    enum Exchange {
        PING(command("0e"), ok()),
        POINT_SELECT(command("03 53454c4543542031"), result(1)),
        HUNDRED_ROWS(command("03 53454c4543542031"), result(100)),
        TWENTY_SENT_AHEAD(repeated(20, command("03 53454c4543542031")), repeated(20, result(1))),
        EXECUTION_WITH_LONG_DATA(
                joined(command("18 01000000 0000 6162"), command("17 01000000 00 01000000 00 01 fd00")), ok());

        private final byte[] request;
        private final byte[] response;

        Exchange(byte[] request, byte[] response) {
            this.request = request;
            this.response = response;
        }

        private static byte[] command(String payload) {
            return WellKnownPackets.packet(0, payload);
        }

        private static byte[] ok() {
            return WellKnownPackets.packet(1, "00 00 00 0200 0000");
        }

        /** With one column. */
        private static byte[] result(int rows) {
            byte[] result = joined(WellKnownPackets.packet(1, "01"),
                    WellKnownPackets.packet(2, "03 646566 00 00 00 01 31 00 0c 3f00 01000000 08 8100 00 0000"));
            for (int i = 0; i < rows; i++) {
                result = joined(result, WellKnownPackets.packet(3 + i, "01 31"));
            }
            return joined(result, WellKnownPackets.packet(3 + rows, "fe 00 00 0200 0000"));
        }

        private static byte[] repeated(int times, byte[] bytes) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = 0; i < times; i++) {
                all.writeBytes(bytes);
            }
            return all.toByteArray();
        }

        private static byte[] joined(byte[] first, byte[] second) {
            byte[] all = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, all, first.length, second.length);
            return all;
        }
    }

    /** Which makes an object for each buffer that it follows. */
    @BeforeEach
    void stopLeakDetection() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void resumeLeakDetection() {
        ResourceLeakDetector.setLevel(leakDetection);
    }

    static Stream<Arguments> exchanges() {
        return TestedTransport.nativeKinds()
                .flatMap(kind -> Stream.of(Exchange.values()).map(exchange -> Arguments.of(kind, exchange)));
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void commandsMakeNoObjectsOnTheEventLoop(Sockets kind, Exchange exchange) throws Exception {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            for (int i = 0; i < ROUNDS * TURNS; i++) {
                transfer(c.stream().wire(), exchange.request.length, exchange.response);
            }
        });
                TestProxy proxy = TestProxy.startOn(kind, SessionSettings.DEFAULT, Handlers.of(1),
                        event -> Future.succeededFuture(TestProxy.connect(event, server.address())));
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(Login.clear("joe", "secret"));
            long least = Long.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                Map<Long, Long> before = allocated();
                run(client, exchange, TURNS);
                least = Math.min(least, growth(before, allocated()));
            }

            assertThat(least).isLessThan(kind == Sockets.IO_URING ? OPERATIONS + BOUND : BOUND);
        }
    }

    private static void run(RawClient client, Exchange exchange, int turns) throws IOException {
        ByteBuffer request = ByteBuffer.wrap(exchange.request);
        ByteBuffer response = ByteBuffer.allocate(exchange.response.length);
        for (int i = 0; i < turns; i++) {
            client.stream().wire().write(request.rewind());
            client.stream().wire().readFully(response.rewind());
        }
        assertThat(response.array()).isEqualTo(exchange.response);
    }

    private static void transfer(Wire wire, int requestBytes, byte[] response) throws IOException {
        wire.readFully(ByteBuffer.allocate(requestBytes));
        wire.write(ByteBuffer.wrap(response));
    }

    /** Bytes that each event loop of this process has allocated so far. Those of other tests may end at any time. */
    private static Map<Long, Long> allocated() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds())).filter(Objects::nonNull)
                .filter(thread -> thread.getThreadName().matches("(vert.x-eventloop-thread|myproxy-io_uring).*"))
                .collect(Collectors.toMap(ThreadInfo::getThreadId,
                        thread -> THREADS.getThreadAllocatedBytes(thread.getThreadId())));
    }

    private static long growth(Map<Long, Long> before, Map<Long, Long> after) {
        return after.entrySet().stream()
                .mapToLong(loop -> loop.getValue() - before.getOrDefault(loop.getKey(), loop.getValue())).sum();
    }
}
