package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.tls.TestEngines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that keep TLS busy instead of using it: each ends its own session, with a line that says why, and nobody else's. */
class HostileTlsTest {

    private static final Login LOGIN = Login.clear("joe", "secret");
    private static final int MANY = 200;

    private FakeServer server;
    private TestProxy proxy;
    private SessionLines lines;
    private RawClient bystander;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        });
        lines = new SessionLines();
        proxy = TestProxy.start(new Handlers(1, Set.of(), ListenOptions.DEFAULT),
                event -> TestProxy.connect(event, server.address()));
        bystander = RawClient.connect(proxy.address());
        bystander.encrypt(LOGIN, TestEngines.client());
        assertThat(bystander.tryEncryptedLogin(LOGIN).isOk()).isTrue();
        client = RawClient.connect(proxy.address());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        bystander.close();
        proxy.close();
        lines.close();
        server.close();
    }

    /** Only the client's session has ended, because of TLS. */
    private void assertEnded(String phase, String reason) throws IOException {
        await().until(() -> proxy.sessions().count() == 1);
        assertThat(lines.ended()).singleElement().satisfies(end -> {
            assertThat(end.cause()).isEqualTo("tls_failed");
            assertThat(end.phase()).isEqualTo(phase);
            assertThat(end.failures()).singleElement(STRING).isEqualTo("TLS: " + reason);
        });
        bystander.ping();
    }

    private SSLEngine encrypt(String version) throws IOException {
        SSLEngine engine = TestEngines.client();
        engine.setEnabledProtocols(new String[]{version});
        client.encrypt(LOGIN, engine);
        return engine;
    }

    private SSLEngine logIn(String version) throws IOException {
        SSLEngine engine = encrypt(version);
        assertThat(client.tryEncryptedLogin(LOGIN).isOk()).isTrue();
        return engine;
    }

    /** Sends what an engine has to say. */
    private void sendRecord(SSLEngine engine) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), out);
        assertThat(result.bytesProduced()).isPositive();
        client.stream().wire().writeRaw(out.flip());
    }

    /** Sends the same bytes many times, or as often as they are taken. */
    private void flood(byte[] bytes) {
        try {
            for (int i = 0; i < MANY; i++) {
                client.stream().wire().writeRaw(ByteBuffer.wrap(bytes));
            }
        } catch (IOException _) {
            // The proxy has had enough of it.
        }
    }

    private void askForTls() throws IOException {
        client.greeting();
        client.stream().write(1, RawClient.sslRequest(LOGIN));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @Test
    void renegotiationInTheCommandPhase() throws Exception {
        SSLEngine engine = logIn("TLSv1.2");

        engine.beginHandshake();
        sendRecord(engine);

        assertEnded("command", "the client wants another handshake (renegotiation)");
    }

    @Test
    void renegotiationWithinTheLogin() throws Exception {
        SSLEngine engine = encrypt("TLSv1.2");

        engine.beginHandshake();
        sendRecord(engine);

        assertEnded("greeting", "the client wants another handshake (renegotiation)");
    }

    @Test
    void aFewUpdatesOfKeysAreGood() throws Exception {
        SSLEngine engine = logIn("TLSv1.3");

        for (int i = 0; i < 3; i++) {
            engine.beginHandshake();
            sendRecord(engine);
            client.ping();
        }
        bystander.ping();
    }

    @Test
    void aFloodOfUpdatesOfKeys() throws Exception {
        SSLEngine engine = logIn("TLSv1.3");

        try {
            for (int i = 0; i < MANY; i++) {
                engine.beginHandshake();
                sendRecord(engine);
            }
        } catch (IOException _) {
            // The proxy has had enough of it.
        }

        assertEnded("command", "TOO_MANY_KEY_UPDATES");
    }

    @Test
    void aFloodOfEmptyRecordsWithinTheHandshake() throws Exception {
        askForTls();

        flood(hex("16 0301 0000"));

        assertEnded("greeting", "what was sent is not TLS");
    }

    @Test
    void aFloodOfWarnings() throws Exception {
        askForTls();

        flood(hex("15 0301 0002 01 5a"));

        assertEnded("greeting", "TOO_MANY_WARNING_ALERTS");
    }

    @Test
    void aMessageThatIsTooLong() throws Exception {
        askForTls();

        flood(hex("16 0301 0004 01 ffffff"));

        assertEnded("greeting", "EXCESSIVE_MESSAGE_SIZE");
    }

    /** Nobody can have been given a ticket that allows it. */
    @Test
    void aFloodOfEarlyData() throws Exception {
        askForTls();
        client.stream().wire().writeRaw(ByteBuffer.wrap(helloWithEarlyData()));
        byte[] record = new byte[5 + 1024];
        System.arraycopy(hex("17 0303 0400"), 0, record, 0, 5);

        flood(record);

        assertEnded("greeting", "TOO_MUCH_SKIPPED_EARLY_DATA");
    }

    private static byte[] helloWithEarlyData() throws IOException {
        SSLEngine engine = TestEngines.client();
        engine.setEnabledProtocols(new String[]{"TLSv1.3"});
        engine.setUseClientMode(true);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        int length = out.position();
        ByteBuffer hello = ByteBuffer.wrap(Arrays.copyOf(out.array(), length + 4));
        hello.put(length, hex("002a 0000"));
        int sessionId = 5 + 4 + 2 + 32;
        int ciphers = sessionId + 1 + hello.get(sessionId);
        int compression = ciphers + 2 + hello.getShort(ciphers);
        int extensions = compression + 1 + hello.get(compression);
        for (int at : new int[]{3, 5 + 2, extensions}) {
            hello.putShort(at, (short) (hello.getShort(at) + 4));
        }
        return hello.array();
    }

    @Test
    void aCloseNotifyWithinTheLogin() throws Exception {
        encrypt("TLSv1.3");
        client.stream().raw((byte) 100, (byte) 0);

        client.stream().wire().closeNotify();

        assertClosed("greeting");
    }

    @Test
    void aCloseNotifyWithinTheHandshake() throws Exception {
        askForTls();

        client.stream().wire().writeRaw(ByteBuffer.wrap(hex("15 0301 0002 01 00")));

        await().until(() -> proxy.sessions().count() == 1);
        bystander.ping();
    }

    @Test
    void aCloseNotifyWithinACommand() throws Exception {
        logIn("TLSv1.3");
        client.stream().raw((byte) 100, (byte) 0, (byte) 0, (byte) 0, (byte) 3);

        client.stream().wire().closeNotify();

        assertClosed("command");
    }

    private void assertClosed(String phase) throws IOException {
        await().until(() -> proxy.sessions().count() == 1);
        assertThat(lines.ended()).singleElement().satisfies(end -> {
            assertThat(end.cause()).isEqualTo("client_closed");
            assertThat(end.phase()).isEqualTo(phase);
            assertThat(end.failures()).isEmpty();
        });
        bystander.ping();
    }
}
