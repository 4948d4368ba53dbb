package dev.myproxy.it.same;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The masks hide what they are made for, and nothing beside it. */
class MaskTest {

    private static final int PREPARE = 0x16;
    private static final int QUERY = 0x03;
    private static final int STATISTICS = 0x09;
    private static final String PROOF = "0123456789ABCDEF".repeat(4);

    private static Packet packet(PayloadWriter payload) {
        byte[] bytes = payload.toByteArray();
        return new Packet(1, bytes.length, bytes);
    }

    private static Packet prepared(long id, int columns) {
        return packet(new PayloadWriter().u8(0).u32(id).u16(columns).u16(0).u8(0).u16(0));
    }

    private static Packet err(int code, String text) {
        return packet(new PayloadWriter().u8(0xff).u16(code).text("#HY000").text(text));
    }

    private static Packet mask(Packet packet, int command) {
        return Mask.apply(packet, command, true, List.of(11L, 22L));
    }

    @Test
    void idsOfPreparedStatements() {
        assertThat(mask(prepared(1, 2), PREPARE)).isEqualTo(mask(prepared(99, 2), PREPARE))
                .isNotEqualTo(mask(prepared(1, 3), PREPARE));
        assertThat(mask(prepared(1, 2), QUERY)).isEqualTo(prepared(1, 2));
        assertThat(Mask.apply(prepared(1, 2), PREPARE, false, List.of())).isEqualTo(prepared(1, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Unknown prepared statement handler (%d) given to fetch",
            "The statement (%d) has no open cursor"})
    void idsInTexts(String text) {
        int code = text.startsWith("The") ? 1421 : 1243;
        Packet one = err(code, text.formatted(11));

        assertThat(mask(one, QUERY)).isEqualTo(mask(err(code, text.formatted(22)), QUERY))
                .isNotEqualTo(mask(err(code, text.formatted(33)), QUERY))
                .isNotEqualTo(mask(err(code, text.formatted(11) + "!"), QUERY));
        assertThat(mask(err(1064, text.formatted(11)), QUERY)).isEqualTo(err(1064, text.formatted(11)));
    }

    @Test
    void numbersOfStatistics() {
        Packet one = packet(new PayloadWriter().text("Uptime: 1  Threads: 12  Average: 0.5"));
        Packet other = packet(new PayloadWriter().text("Uptime: 999  Threads: 1  Average: 17.25"));

        assertThat(mask(one, STATISTICS)).isEqualTo(mask(other, STATISTICS));
        assertThat(mask(one, QUERY)).isNotEqualTo(mask(other, QUERY));
        assertThat(mask(packet(new PayloadWriter().text("Uptime: x")), STATISTICS))
                .isNotEqualTo(mask(packet(new PayloadWriter().text("Uptime: 1")), STATISTICS));
    }

    @Test
    void sequenceIdAndProofOfALogin() {
        byte[] ok = new PayloadWriter().u8(0).u8(0).u8(0).u16(2).u16(0).lenenc(65).u8(1).text(PROOF).toByteArray();
        byte[] other = new String(ok, StandardCharsets.ISO_8859_1).replace("0123", "FFFF")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Mask.authenticated(new Packet(2, ok.length, ok)))
                .isEqualTo(Mask.authenticated(new Packet(4, ok.length, other)));
        assertThat(Mask.authenticated(new Packet(2, 7, new byte[]{0, 0, 0, 2, 0, 0, 0})))
                .isNotEqualTo(Mask.authenticated(new Packet(2, 7, new byte[]{0, 0, 0, 3, 0, 0, 0})))
                .isNotEqualTo(Mask.authenticated(new Packet(2, ok.length, ok)));
    }

    @Test
    void wordsOfTheDaemonAtTheEndOfTheServer() {
        assertThat(Mask.isEndOfServer(err(1047, "Server closed the connection"))).isTrue();
        assertThat(Mask.isEndOfServer(err(1047, "Unknown command"))).isFalse();
        assertThat(Mask.isEndOfServer(err(2013, "Server closed the connection"))).isFalse();
    }
}
