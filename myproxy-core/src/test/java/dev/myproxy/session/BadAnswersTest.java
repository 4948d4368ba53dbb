package dev.myproxy.session;

import static dev.myproxy.session.FaultyNetwork.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.ServerConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers that break the protocol in the command phase: what is good reaches the client as it is, then an ERR packet that takes
 * the place of the first bad one. The server does its part after the client's first command; the script sees that command.
 */
class BadAnswersTest {

    private static final Err MALFORMED = new Err(1047, "08S01", "Malformed packet from server");
    private static final Login LOGIN = Login.clear("joe", "").with(Flags.LOCAL_FILES);

    private SessionLines lines;

    @BeforeEach
    void record() {
        lines = new SessionLines();
    }

    @AfterEach
    void stopRecording() {
        lines.close();
    }

    private interface Talk {
        void with(RawClient client, FakeServer server) throws Exception;
    }

    /** A client that is logged in, and how its session ended. */
    private SessionLines.Ended talk(FakeServer.Script afterCommand, Talk talk) throws Exception {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            afterCommand.play(c);
        }); TestProxy proxy = TestProxy.to(server.address())) {
            try (RawClient client = RawClient.connect(proxy.address()).login(LOGIN)) {
                talk.with(client, server);
            }
            soon().until(() -> proxy.sessions().count() == 0);
            soon().until(() -> server.active() == 0);
            return lines.ended().getFirst();
        }
    }

    private static byte[] bytes(int... values) {
        PayloadWriter out = new PayloadWriter();
        for (int value : values) {
            out.u8(value);
        }
        return out.toByteArray();
    }

    /** Answers to a query; the last packet is bad. */
    static List<Named<List<byte[]>>> badAnswers() {
        byte[] definition = ServerConnection.definition("a");
        List<Named<List<byte[]>>> all = new ArrayList<>();
        all.add(named("no bytes", List.of(bytes())));
        all.add(named("no columns, too long", List.of(bytes(0xfc, 0, 0))));
        all.add(named("65536 columns", List.of(bytes(0xfd, 0, 0, 1))));
        all.add(named("2^64 - 1 columns", List.of(bytes(0xfe, 255, 255, 255, 255, 255, 255, 255, 255))));
        all.add(named("a column count with a tail", List.of(bytes(1, 1, 1))));
        all.add(named("EOF for a head", List.of(bytes(0xfe, 0, 0, 2, 0))));
        all.add(named("half a column count", List.of(bytes(0xfc, 1))));
        all.add(named("an OK of one byte", List.of(bytes(0))));
        all.add(named("an ERR of one byte", List.of(bytes(0xff))));
        all.add(named("a row of no bytes", List.of(bytes(1), definition, bytes(1, 'x'), bytes())));
        all.add(named("an end of rows that is none", List.of(bytes(1), definition, bytes(0xfe))));
        all.add(named("an end of rows of 6 bytes", List.of(bytes(1), definition, bytes(0xfe, 0, 0, 2, 0, 0xff))));
        all.add(named("a short ERR among definitions", List.of(bytes(2), definition, bytes(0xff, 1))));
        all.add(named("a second result that is none",
                List.of(bytes(1), definition, bytes(0xfe, 0, 0, Flags.MORE_RESULTS, 0, 0, 0), bytes())));
        return all;
    }

    @ParameterizedTest
    @MethodSource
    void badAnswers(List<byte[]> packets) throws Exception {
        SessionLines.Ended end = talk(c -> {
            for (byte[] packet : packets) {
                c.send(packet);
            }
            c.stall();
        }, (client, _) -> {
            client.send(Command.QUERY.payload("x"));
            for (int i = 0; i < packets.size() - 1; i++) {
                assertThat(client.stream().read()).isEqualTo(new Packet(i + 1, packets.get(i).length, packets.get(i)));
            }
            Packet last = client.stream().read();
            assertThat(last.err()).isEqualTo(MALFORMED);
            assertThat(last.sequence()).isEqualTo(packets.size());
            client.expectEnd();
        });
        assertThat(end.cause()).isEqualTo("server_malformed");
        assertThat(end.failures()).hasSize(1);
    }

    @Test
    void dataThatNobodyAskedFor() throws Exception {
        SessionLines.Ended end = talk(c -> {
            c.ok();
            c.send(0, bytes(0, 0, 0, 2, 0, 0, 0));
            c.stall();
        }, (client, _) -> {
            client.ping();
            Packet packet = client.stream().read();
            assertThat(packet.sequence()).as("no exchange is under way").isZero();
            assertThat(packet.err()).isEqualTo(MALFORMED);
            client.expectEnd();
        });
        assertThat(end.cause()).isEqualTo("server_malformed");
        assertThat(end.failures()).hasSize(1);
    }

    @Test
    void twoAnswersInOnePiece() throws Exception {
        byte[] ok = PacketStream.frame(1, bytes(0, 0, 0, 2, 0, 0, 0));
        SessionLines.Ended end = talk(c -> {
            c.raw(new PayloadWriter().bytes(ok).bytes(ok).toByteArray());
            c.stall();
        }, (client, _) -> {
            client.ping();
            assertThat(client.stream().read().err()).isEqualTo(MALFORMED);
            client.expectEnd();
        });
        assertThat(end.cause()).isEqualTo("server_malformed");
    }

    /** A client that waits for an answer gets what the server says, id and all, as it would without us. */
    @Test
    void sequenceIdsOfItsOwn() throws Exception {
        talk(c -> {
            c.send(42, bytes(0, 0, 0, 2, 0, 0, 0));
            c.stall();
        }, (client, _) -> {
            client.send(Command.PING.payload());
            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isEqualTo(42);
            assertThat(packet.isOk()).isTrue();
        });
    }

    static List<Named<byte[]>> beginnings() {
        return List.of(named("nothing", bytes()), named("half a header", bytes(7, 0)),
                named("a header of 16 MiB", bytes(0xff, 0xff, 0xff, 1)),
                named("a row of 16 MiB that begins",
                        new PayloadWriter().bytes(PacketStream.frame(1, bytes(1)))
                                .bytes(PacketStream.frame(2, ServerConnection.definition("a")))
                                .bytes(bytes(0xff, 0xff, 0xff, 3, 0xfd, 'x')).toByteArray()));
    }

    /** The client waits, as it would without us; when it goes, so does the connection to the server. */
    @ParameterizedTest
    @MethodSource("beginnings")
    void anAnswerThatDoesNotCome(byte[] beginning) throws Exception {
        SessionLines.Ended end = talk(c -> {
            c.raw(beginning);
            c.stall();
        }, (client, server) -> {
            client.send(Command.QUERY.payload("x"));
            soon().until(() -> server.connection().received().size() == 2);
            byte[] got = new byte[beginning.length];
            client.stream().wire().readFully(java.nio.ByteBuffer.wrap(got));
            assertThat(got).isEqualTo(beginning);
            assertThat(client.stream().isQuiet(Duration.ofMillis(50))).isTrue();
        });
        assertThat(end.cause()).isEqualTo("client_closed");
        assertThat(end.failures()).isEmpty();
    }

    /** Where an ERR may stand in the answer to a query, a preparation and an upload. */
    static List<Named<List<byte[]>>> errPlaces() {
        byte[] definition = ServerConnection.definition("a");
        return List.of(named("head", List.of()), named("before the definitions", List.of(bytes(2))),
                named("among definitions", List.of(bytes(2), definition)),
                named("before the rows", List.of(bytes(1), definition)),
                named("among rows", List.of(bytes(1), definition, bytes(1, 'x'), bytes(0xfb))),
                named("in a second result", List.of(bytes(1), definition, bytes(0xfe, 0, 0, 8, 0, 0, 0))),
                named("behind a statement without rows", List.of(bytes(0, 0, 0, 8, 0, 0, 0))));
    }

    @ParameterizedTest
    @MethodSource("errPlaces")
    void anErrReachesTheClientAsItIs(List<byte[]> before) throws Exception {
        Err err = new Err(1317, "70100", "Query execution was interrupted");
        SessionLines.Ended end = talk(c -> {
            for (byte[] packet : before) {
                c.send(packet);
            }
            c.err(err.code(), err.sqlState(), err.message());
            c.serve();
        }, (client, _) -> {
            client.send(Command.QUERY.payload("x"));
            for (byte[] packet : before) {
                assertThat(client.stream().read().payload()).isEqualTo(packet);
            }
            Packet last = client.stream().read();
            assertThat(last.err()).isEqualTo(err);
            assertThat(last.sequence()).isEqualTo(before.size() + 1);
            assertThat(client.query("SELECT it goes on").value()).isEqualTo("it goes on");
        });
        assertThat(end.failures()).isEmpty();
    }

    /** The client does not know of the ERR yet, and goes on to the end of its file. */
    @Test
    void anErrInTheMiddleOfAnUpload() throws Exception {
        talk(c -> {
            c.send(bytes(0xfb, 'f'));
            c.read();
            c.err(1062, "23000", "Duplicate entry");
            Packet part = c.read();
            while (part.length() > 0) {
                part = c.read();
            }
            c.serve();
        }, (client, server) -> {
            assertThat(client.query("LOAD DATA").wantsFile()).isTrue();
            client.stream().write(2, new byte[1000]);
            Packet err = client.stream().read();
            assertThat(err.err().code()).isEqualTo(1062);
            assertThat(err.sequence()).isEqualTo(3);
            client.stream().write(3, new byte[1000]);
            client.stream().write(4);
            assertThat(client.query("SELECT next").value()).isEqualTo("next");
            assertThat(server.connection().received().stream().map(Packet::length))
                    .endsWith(1000, 1000, 0, "_SELECT next".length());
        });
    }
}
