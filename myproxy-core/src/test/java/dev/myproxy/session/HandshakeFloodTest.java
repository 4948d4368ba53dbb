package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.script.ClientLimits;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.tls.TestEngines;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/** Many clients begin to shake hands and go no further; those who have logged in, and those who do, notice nothing of it. */
class HandshakeFloodTest {

    private static final Login LOGIN = Login.clear("joe", "secret");
    private static final int MANY = 300;
    private static final int PLACES = MANY + 20;
    private static final byte[] HELLO = hello();
    /** What one of them may keep in Netty's buffers. */
    private static final int BYTES_EACH = 64 << 10;
    /** What allocators take beforehand. */
    private static final int BYTES_FOR_ALL = 32 << 20;

    @Test
    void othersLogInAndAreServedMeanwhile() throws Exception {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        });
                SessionLines lines = new SessionLines();
                EntranceLines warnings = new EntranceLines();
                TestProxy proxy = TestProxy.start(
                        new Handlers(1, Set.of(), ListenOptions.builder().loginTimeout(Duration.ofMinutes(5)).build()),
                        event -> TestProxy.connect(event, server.address()));
                RawClient resident = RawClient.connect(proxy.address())) {
            proxy.sessions().limit(new ClientLimits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(PLACES)));
            resident.encrypt(LOGIN, TestEngines.client());
            assertThat(resident.tryEncryptedLogin(LOGIN).isOk()).isTrue();
            long before = usedBytes();
            List<RawClient> flood = new ArrayList<>();
            try {
                for (int i = 0; i < MANY; i++) {
                    flood.add(stalling(proxy, i));
                    if (i % 50 == 0) {
                        resident.ping();
                        assertLogsIn(proxy);
                    }
                }
                await().until(() -> proxy.sessions().admissions().logins() == MANY);
                assertThat(usedBytes() - before).as("bytes of buffers")
                        .isLessThan((long) MANY * BYTES_EACH + BYTES_FOR_ALL);
                resident.ping();
                assertLogsIn(proxy);

                for (int i = MANY; i < PLACES; i++) {
                    flood.add(stalling(proxy, i));
                }
                await().until(() -> proxy.sessions().admissions().logins() == PLACES);
                for (int i = 0; i < 3; i++) {
                    try (RawClient tooMany = RawClient.connect(proxy.address())) {
                        assertThat(tooMany.stream().read().err().code()).isEqualTo(1040);
                    }
                }
                assertThat(warnings.all()).singleElement().asString().endsWith("limits{logins = " + PLACES + "}");
                resident.ping();
            } finally {
                for (RawClient client : flood) {
                    client.close();
                }
            }
            await().until(() -> proxy.sessions().count() == 1);
            assertThat(proxy.sessions().admissions().logins()).isZero();
            assertLogsIn(proxy);
            resident.ping();
            assertThat(lines.ended()).extracting(SessionLines.Ended::cause).contains("client_closed")
                    .doesNotContain("login_timeout");
        }
    }

    /** Stops before its first message of TLS, within it, or behind it. */
    private static RawClient stalling(TestProxy proxy, int number) throws IOException {
        RawClient client = RawClient.connect(proxy.address());
        client.readGreeting();
        client.stream().write(1, RawClient.sslRequest(LOGIN));
        switch (number % 3) {
            case 0 -> client.stream().raw(Arrays.copyOf(HELLO, HELLO.length / 2));
            case 1 -> client.stream().raw(HELLO);
            default -> {
            }
        }
        return client;
    }

    private static byte[] hello() {
        try {
            SSLEngine engine = TestEngines.client();
            engine.setUseClientMode(true);
            ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertLogsIn(TestProxy proxy) throws IOException {
        try (RawClient client = RawClient.connect(proxy.address())) {
            client.encrypt(LOGIN, TestEngines.client());
            assertThat(client.tryEncryptedLogin(LOGIN).isOk()).isTrue();
            client.ping();
        }
    }

    private static long usedBytes() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
    }
}
