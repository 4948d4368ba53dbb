package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every byte that a command can begin with, directly with a server and through the daemon: the same packets come back, and the
 * connection is as usable or as closed as it is directly. Behind each command a query follows at once, so that the daemon
 * must know where the answer ends, or that there is none.
 */
class CommandBytesIT {

    private static final String USER = "bytes";
    private static final int STATISTICS = 0x09;
    private static final int PROCESS_INFO = 0x0a;
    private static final int CHANGE_USER = 0x11;

    private final SharedProxy proxy = SharedProxy.standard();

    /** What came back for a command and the query behind it. */
    private record Outcome(List<Packet> packets, boolean closed) {}

    /** Opens a connection, directly or through the daemon. */
    @FunctionalInterface
    private interface Door {
        RawClient open() throws IOException;
    }

    static Stream<Arguments> servers() {
        return Stream.of(EmbeddedMariaDb.class, RealMySql.class).flatMap(server -> Stream
                .of(Named.of("classic", Flags.CLASSIC), Named.of("modern", Flags.MODERN))
                .map(flags -> Arguments.of(Named.of(server.getSimpleName(), server), flags)));
    }

    /** Asked for in the test: JUnit would close a server that is a parameter. */
    private static TestedServer start(Class<?> kind) throws IOException {
        TestedServer server = kind == RealMySql.class ? RealMySql.shared() : EmbeddedMariaDb.shared();
        server.createAccount(USER, "", USER);
        return server;
    }

    private Door direct(TestedServer server, String user, long flags) {
        String plugin = server instanceof RealMySql ? "caching_sha2_password" : "mysql_native_password";
        return () -> RawClient.connect(server.socket())
                .login(Login.clear(user, "").withFlags(flags).withAuth(plugin, new byte[0]));
    }

    private Door proxied(TestedServer server, String user, long flags) {
        return () -> proxy.connect().login(Login.clear(account(user, server.socket()), "").withFlags(flags));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void ofAnAccountWithoutPrivileges(Class<?> kind, long flags) throws IOException {
        TestedServer server = start(kind);
        List<byte[]> commands = new ArrayList<>();
        for (int code = 0; code < 256; code++) {
            if (code != Command.QUIT.code() && code != CHANGE_USER) {
                commands.add(new byte[]{(byte) code});
                commands.add(random(code));
            }
        }
        assertThat(commands).hasSize(508);
        sameOutcomes(commands, direct(server, USER, flags), proxied(server, USER, flags));
    }

    private static byte[] random(int code) {
        Random random = new Random(code);
        byte[] payload = new byte[1 + random.nextInt(40)];
        random.nextBytes(payload);
        payload[0] = (byte) code;
        return payload;
    }

    /** What an account without privileges is refused; nothing that would stop the server or never end. */
    @ParameterizedTest
    @MethodSource("servers")
    void ofAnAdministrator(Class<?> kind, long flags) throws IOException {
        TestedServer server = start(kind);
        List<byte[]> commands = new ArrayList<>(List.of(payload(0x05).nulText("made by a command").toByteArray(),
                payload(0x06).nulText("made by a command").toByteArray(),
                // REFRESH: the grant tables, the hosts
                payload(0x07).u8(1).toByteArray(), payload(0x07).u8(8).toByteArray(), payload(0x07).toByteArray(),
                payload(0x0c).u32(0x7fff_fff0L).toByteArray(), payload(0x0d).toByteArray(),
                payload(0x13).lenencText("mysql").lenencText("user").toByteArray(),
                payload(0x15).u32(77).lenencText("host").lenencText("user").lenencText("").u16(3306).u32(0).u32(0)
                        .toByteArray(),
                payload(0x1b).u16(0).toByteArray(), payload(0x1b).u16(1).toByteArray(),
                payload(0x04).nulText("user").toByteArray(), payload(0x04).nulText("user").text("H%").toByteArray(),
                payload(0x02).text("mysql").toByteArray(), payload(0x04).nulText("user").text("H%").toByteArray(),
                payload(0x1f).toByteArray()));
        sameOutcomes(commands, direct(server, "root", flags), proxied(server, "root", flags));
    }

    private static PayloadWriter payload(int code) {
        return new PayloadWriter().u8(code);
    }

    /** Nothing comes back, but for what commands before it are owed; then the connection is closed. */
    @ParameterizedTest
    @MethodSource("servers")
    void quit(Class<?> kind, long flags) throws IOException {
        TestedServer server = start(kind);
        for (Door door : List.of(direct(server, USER, flags), proxied(server, USER, flags))) {
            try (RawClient client = door.open()) {
                client.stream().raw(new PayloadWriter().bytes(PacketStream.frame(0, Command.PING.payload()))
                        .bytes(PacketStream.frame(0, Command.QUIT.payload(new byte[3]))).toByteArray());
                assertThat(client.stream().read().isOk()).isTrue();
                client.expectEnd();
            }
        }
    }

    /** We refuse it as MySQL does, by an ERR and the end; MariaDB greets anew, which no client knows what to do with. */
    @ParameterizedTest
    @MethodSource("servers")
    void changeUserWithoutAUser(Class<?> kind, long flags) throws IOException {
        TestedServer server = start(kind);
        try (RawClient client = proxied(server, USER, flags).open()) {
            client.send((byte) CHANGE_USER);
            Packet answer = client.stream().read();
            assertThat(answer.sequence()).isEqualTo(1);
            assertThat(answer.err().sqlState()).isEqualTo("08S01");
            client.expectEnd();
        }
    }

    private static void sameOutcomes(List<byte[]> commands, Door direct, Door proxied) throws IOException {
        Map<String, Outcome> expected = outcomes(commands, direct);
        assertThat(outcomes(commands, proxied)).containsExactlyEntriesOf(expected);
        assertThat(expected.values().stream().filter(Outcome::closed).count()).as("closed connections")
                .isLessThan(10);
    }

    private static Map<String, Outcome> outcomes(List<byte[]> commands, Door door) throws IOException {
        Map<String, Outcome> all = new LinkedHashMap<>();
        RawClient client = door.open();
        try {
            for (byte[] command : commands) {
                Outcome outcome = outcome(client, command, all.size());
                if (outcome.closed()) {
                    client.close();
                    outcome = alone(door, command);
                    client = door.open();
                }
                all.put(all.size() + ": " + HexFormat.of().formatHex(command), outcome);
            }
        } finally {
            client.close();
        }
        return all;
    }

    private static Outcome outcome(RawClient client, byte[] command, int number) throws IOException {
        String mark = "behind command " + number;
        client.stream().raw(new PayloadWriter().bytes(PacketStream.frame(0, command))
                .bytes(PacketStream.frame(0, Command.QUERY.payload("SELECT '" + mark + "'"))).toByteArray());
        List<Packet> packets = new ArrayList<>();
        try {
            while (packets.isEmpty() || !contains(packets.getLast(), mark) || packets.getLast().isErr()
                    || packets.getLast().length() > mark.length() + 1) {
                packets.add(client.stream().read());
            }
            packets.add(client.stream().read());
            return new Outcome(masked(command[0], packets), false);
        } catch (EOFException | SocketException _) {
            return new Outcome(masked(command[0], packets), true);
        }
    }

    /** A server that closes with a query unread resets the connection, and its last words may be lost: without one they are not. */
    private static Outcome alone(Door door, byte[] command) throws IOException {
        try (RawClient client = door.open()) {
            client.send(command);
            List<Packet> packets = new ArrayList<>();
            Optional<Packet> packet = client.stream().readEnd();
            while (packet.isPresent()) {
                packets.add(packet.get());
                packet = client.stream().readEnd();
            }
            return new Outcome(packets, true);
        }
    }

    private static boolean contains(Packet packet, String text) {
        return new String(packet.payload(), StandardCharsets.ISO_8859_1).contains(text);
    }

    /** Takes away what is another one at each call: numbers of the statistics, rows of the process list. */
    private static List<Packet> masked(int code, List<Packet> packets) {
        if (code == STATISTICS && !packets.getFirst().isErr()) {
            Packet text = packets.getFirst();
            packets.set(0, new Packet(text.sequence(), 0, Arrays.copyOf(text.payload(), 8)));
        } else if (code == PROCESS_INFO && !packets.getFirst().isErr()) {
            return packets.subList(0, 1 + packets.getFirst().first());
        }
        return packets;
    }
}
