package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PasswordLogin;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import dev.myproxy.tls.TestEngines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users and passwords of any bytes but NUL: the script sees just these, the server gets them, and calls the account by them. */
class CredentialBytesIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    /** What a key of 3072 bits encrypts at once, less the NUL. */
    private static final int LONGEST_BY_RSA = 341;

    private final SharedProxy proxy = SharedProxy.standard();

    /** How clients connect. */
    enum Way {
        UNIX, TCP, TLS
    }

    @AfterAll
    static void nothingWasLost() throws IOException, InterruptedException {
        SharedProxy.standard().assertHealthy();
    }

    /** So many bytes, which begin anywhere; all values but NUL from 255 bytes on. */
    private static byte[] password(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (1 + (length + i) % 255);
        }
        return bytes;
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] at(byte[] user, String server) {
        return new PayloadWriter().bytes(user).text(" " + server).toByteArray();
    }

    private RawClient connect(Way way) throws IOException {
        return RawClient.connect(way == Way.UNIX ? proxy.listener("any") : proxy.tcp("any"));
    }

    private static Packet answer(RawClient client, Way way, PasswordLogin login) throws IOException {
        return switch (way) {
            case UNIX -> login.overUnix(client);
            case TCP -> login.overTcp(client);
            case TLS -> login.overTls(client, TestEngines.client());
        };
    }

    /** User and password as the script sees them. */
    private List<byte[]> seen(Way way, byte[] user, byte[] password) throws IOException {
        try (RawClient client = connect(way)) {
            String text = answer(client, way, new PasswordLogin(at(user, "hex"), password)).err().message();
            return Stream.of(text.split(" ", -1)).map(HexFormat.of()::parseHex).toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theScriptSeesEachByteOfPasswords(Way way) throws IOException {
        // Around what keys of 2048 and 3072 bits encrypt, and what lengths of one byte can say.
        for (int length : List.of(0, 1, 2, 19, 20, 21, 100, 212, 213, 214, 215, 250, 251, 255, 256, 300,
                LONGEST_BY_RSA)) {
            byte[] password = password(length);
            assertThat(seen(way, latin1("joe"), password).get(1)).as("%d bytes by %s", length, way)
                    .isEqualTo(password);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNIX", "TLS"})
    void whereNobodyListensPasswordsMayBeLonger(Way way) throws IOException {
        for (int length : List.of(LONGEST_BY_RSA + 1, 383, 384, 385, 1000, 20_000)) {
            byte[] password = password(length);
            assertThat(seen(way, latin1("joe"), password).get(1)).as("%d bytes by %s", length, way)
                    .isEqualTo(password);
        }
    }

    /** Every client refuses by itself: no padding fits around them. */
    @Test
    void longerOnesCantBeEncrypted() {
        assertThatThrownBy(() -> seen(Way.TCP, latin1("joe"), password(LONGEST_BY_RSA + 1)))
                .isInstanceOf(AssertionError.class).hasRootCauseInstanceOf(
                        javax.crypto.IllegalBlockSizeException.class);
    }

    static Stream<byte[]> users() {
        return Stream.of("", "o'neil \"the\" `cat` \\ %s", "line\nbreak\r\ttab", "\u0001\u001b\u007f",
                "\u00ff\u00fe\u0080\u00c3(", "\u00ef\u00bb\u00bfm\u00c3\u00bcller\u00f0\u009f\u0098\u0080",
                "\u00e4".repeat(90), "u".repeat(300), "\u00ff".repeat(5000)).map(CredentialBytesIT::latin1);
    }

    @ParameterizedTest
    @MethodSource("users")
    void theScriptSeesEachByteOfUsers(byte[] user) throws IOException {
        for (Way way : Way.values()) {
            assertThat(seen(way, user, password(30)).getFirst()).as("%s", way).isEqualTo(user);
        }
    }

    @Test
    void aUserMayBeNearlyAsLongAsAHandshakeResponse() throws IOException {
        byte[] user = new byte[65_000];
        Arrays.fill(user, (byte) 0xff);
        assertThat(seen(Way.UNIX, user, password(30)).getFirst()).isEqualTo(user);
    }

    /**
     * In each character set servers have an idea of their own what such a name is. Of those who name an account that is not there,
     * MySQL asks some for sha256_password.
     */
    @ParameterizedTest
    @MethodSource("users")
    void serversCallAccountsAsIfThereWasNoProxy(byte[] user) throws IOException {
        for (TestedServer server : servers()) {
            // utf8mb4, latin1, binary, gbk
            for (int charset : List.of(45, 8, 63, 28)) {
                calledTheSame(server, user, password(30), charset);
            }
            calledTheSame(server, user, new byte[0], 45);
        }
    }

    private void calledTheSame(TestedServer server, byte[] user, byte[] password, int charset) throws IOException {
        byte[] direct;
        try (RawClient client = RawClient.connect(server.socket())) {
            direct = new PasswordLogin(user, password, charset).overUnix(client).payload();
        }
        assertThat(direct).startsWith(0xff, 1045 & 0xff, 1045 >> 8);
        try (RawClient client = connect(Way.UNIX)) {
            PasswordLogin login = new PasswordLogin(at(user, server.socket().toString()), password, charset);
            assertThat(answer(client, Way.UNIX, login).payload())
                    .as("%s in collation %d", new String(user, StandardCharsets.ISO_8859_1), charset)
                    .isEqualTo(direct);
        }
    }

    private static List<TestedServer> servers() {
        return RealMySql.available() ? List.of(DB, RealMySql.shared()) : List.of(DB);
    }

    private void letsIn(Way way, String user, byte[] password, Address server) throws IOException {
        try (RawClient client = connect(way)) {
            Packet packet = answer(client, way, new PasswordLogin(at(latin1(user), server.toString()), password));
            assertThat(packet.isOk()).as("%s by %s: %s", user, way, packet).isTrue();
            assertThat(client.query("SELECT CURRENT_USER()").value()).isEqualTo(user + "@%");
        }
    }

    private void keepsOut(Way way, String user, byte[] password, Address server) throws IOException {
        try (RawClient client = connect(way)) {
            Packet packet = answer(client, way, new PasswordLogin(at(latin1(user), server.toString()), password));
            assertThat(packet.err().message()).startsWith("Access denied for user '" + user + "'@'");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 214, 215, 255, 300})
    void serversGetEachByteOfPasswords(int length) throws IOException {
        byte[] password = password(length);
        byte[] other = password.clone();
        other[length - 1] ^= (byte) 0x80;
        String user = "bytes" + length;
        DB.execute("CREATE OR REPLACE USER '" + user + "'@'%' IDENTIFIED BY PASSWORD '"
                + Scrambles.nativeHash(password) + "'");
        for (Way way : Way.values()) {
            letsIn(way, user, password, DB.socket());
            keepsOut(way, user, other, DB.tcp());
        }
    }

    /** MySQL takes no longer ones; what its key of 2048 bits can't encrypt it gets over Unix sockets only. */
    @ParameterizedTest
    @CsvSource({"1,true", "100,true", "213,true", "214,false", "255,false"})
    void serversWithCachingSha2GetEachByteOfPasswords(int length, boolean byRsa) throws IOException {
        RealMySql server = RealMySql.shared();
        byte[] password = password(length);
        byte[] other = password.clone();
        other[0] ^= (byte) 0x80;
        String user = "bytes" + length;
        create(server, user, "caching_sha2_password", password);
        if (byRsa) {
            letsIn(Way.TCP, user, password, server.tcp());
            keepsOut(Way.TLS, user, other, server.tcp());
        } else {
            try (RawClient client = connect(Way.TCP)) {
                PasswordLogin login = new PasswordLogin(at(latin1(user), server.tcp().toString()), password);
                assertThat(answer(client, Way.TCP, login).err().message()).isEqualTo("Connection error");
            }
            proxy.process().awaitLine(line -> line.contains("Password is too long"));
        }
        letsIn(Way.TCP, user, password, server.socket());
        // The server knows it by now.
        letsIn(Way.TLS, user, password, server.tcp());
        keepsOut(Way.UNIX, user, other, server.socket());
    }

    @Test
    void serversWithSha256PasswordGetThemEncrypted() throws IOException {
        RealMySql server = RealMySql.shared();
        byte[] password = password(213);
        create(server, "sha256", "sha256_password", password);
        create(server, "sha256none", "sha256_password", new byte[0]);
        for (Address at : List.of(server.socket(), server.tcp())) {
            letsIn(Way.UNIX, "sha256", password, at);
            letsIn(Way.UNIX, "sha256none", new byte[0], at);
            keepsOut(Way.UNIX, "sha256", password(212), at);
            keepsOut(Way.UNIX, "sha256", new byte[0], at);
        }
    }

    private static void create(RealMySql server, String user, String plugin, byte[] password) throws IOException {
        server.execute("DROP USER IF EXISTS '" + user + "'@'%'");
        PayloadWriter sql = new PayloadWriter()
                .text("CREATE USER '" + user + "'@'%' IDENTIFIED WITH " + plugin + " BY '");
        for (byte b : password) {
            if (b == '\'' || b == '\\') {
                sql.u8('\\');
            }
            sql.u8(b);
        }
        try (RawClient root = server.root()) {
            root.query("SET NAMES latin1").good();
            root.run(Command.QUERY, sql.text("'").toByteArray()).good();
        }
    }
}
