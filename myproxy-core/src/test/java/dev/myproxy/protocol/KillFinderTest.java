package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KillFinderTest {

    private static final long FIRST = 1L << 31;
    private static final Capabilities ATTRIBUTES = TrackedSession.CLASSIC.with(Capability.QUERY_ATTRIBUTES);

    private final KillFinder finder = new KillFinder(TrackedSession.CLASSIC, FIRST);

    private static ByteBuf query(String before, String sql) {
        return Unpooled.buffer().writeBytes(Hex.buffer("03" + before))
                .writeBytes(sql.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(ByteBuf argument) {
        return argument.toString(StandardCharsets.ISO_8859_1);
    }

    private static String written(Kill kill, long id) {
        ByteBuf to = Unpooled.buffer();
        kill.write(to, id);
        return text(to);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
            "KILL 2147483648|KILL 7|KILL 7", "kill 4294967295|kill 7|KILL 7",
            "KiLl\\tQuErY\\n2147483650;|KiLl\\tQuErY\\n7;|KILL QUERY 7",
            "KILL CONNECTION 2147483650|KILL CONNECTION 7|KILL 7", "KILL HARD 2147483650|KILL HARD 7|KILL HARD 7",
            "KILL SOFT QUERY 2147483650|KILL SOFT QUERY 7|KILL SOFT QUERY 7",
            "KILL hard connection 2147483650|KILL hard connection 7|KILL HARD 7",
            "  KILL 2147483650  |  KILL 7  |KILL 7",
            "/* a */KILL/**/2147483650/*+ b */|/* a */KILL/**/7/*+ b */|KILL 7",
            "-- a\\n# b\\nKILL -- c\\n QUERY # d\\n 2147483650 --|-- a\\n# b\\nKILL -- c\\n QUERY # d\\n 7 --|KILL QUERY 7",
            "KILL QUERY -2147483648|KILL QUERY 7|KILL QUERY 7", "KILL -1;|KILL 7;|KILL 7",
            "KILL 002147483650 ; # e|KILL 7 ; # e|KILL 7"})
    void findsTheStatementAndPutsAnotherIdIntoIt(String sql, String written, String plain) {
        Kill kill = finder.find(query("", sql.translateEscapes())).orElseThrow();

        assertThat(kill.id()).isBetween(FIRST, 0xffff_ffffL);
        assertThat(written(kill, 7)).isEqualTo(written.translateEscapes());
        ByteBuf unchanged = Unpooled.buffer();
        kill.write(unchanged);
        assertThat(text(unchanged)).isEqualTo(sql.translateEscapes());
        assertThat(kill.sql(7)).isEqualTo(plain);
        assertThat(kill.query()).isEqualTo(plain.contains("QUERY"));
        assertThat(kill.command()).isEqualTo(Command.QUERY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "K", "KILL", "KILL ", "KILL 2147483647", "KILL 4294967296", "KILL 99999999999999999999",
            "KILL2147483650", "KILL QUERY2147483650", "KILLQUERY 2147483650", "KILL HARDQUERY 2147483650",
            "KILL QUERY ID 2147483650", "KILL USER 2147483650", "KILL USER 'joe'", "KILL CONNECTION_ID()", "KILL @id",
            "KILL -2147483649", "KILL -0", "KILL -", "KILL --1", "KILL - 1", "KILL +2147483650", "KILL 2147483650.0",
            "KILL 2147483650e0", "KILL 2147483650 + 0", "KILL (2147483650)",
            "KILL '2147483650'", "KILL 0x80000002", "KILL 2147483650; SELECT 1", "KILL 2147483650;;",
            "SELECT 1; KILL 2147483650", "KILL QUERY HARD 2147483650", "KILL HARD SOFT 2147483650", "KILL ? 2147483650",
            "/*! KILL 2147483650 */", "/*M! KILL 2147483650 */", "KILL /*!50000 QUERY */ 2147483650",
            "/* KILL 2147483650", "KILL 2147483650 /*", "KILL 2147483650 --x", "--KILL 2147483650",
            "-- KILL 2147483650",
            "#KILL 2147483650", "SKILL 2147483650", "KILL 2147483650 x", "(KILL 2147483650)", "/", "-", "--", "#", "/*",
            "/*/ KILL 2147483650"})
    void leavesEverythingElseAlone(String sql) {
        assertThat(finder.find(query("", sql))).isEmpty();
    }

    @Test
    void readsIdsThatAClientTookForSignedOnes() {
        assertThat(finder.find(query("", "KILL QUERY -1")).orElseThrow().id()).isEqualTo(4_294_967_295L);
        assertThat(finder.find(query("", "KILL -2147483648")).orElseThrow().id()).isEqualTo(FIRST);
    }

    @Test
    void findsProcessKill() {
        Kill kill = finder.find(Hex.buffer("0c 02000080 ff")).orElseThrow();

        assertThat(kill.id()).isEqualTo(FIRST + 2);
        assertThat(kill.command()).isEqualTo(Command.PROCESS_KILL);
        assertThat(kill.query()).isFalse();
        assertThat(written(kill, 0x01020304)).isEqualTo("\4\3\2\1\u00ff");
        assertThat(kill.sql(5)).isEqualTo("KILL 5");
        assertThat(finder.find(Hex.buffer("0c 02000000"))).isEmpty();
        assertThat(finder.find(Hex.buffer("0c 020000"))).isEmpty();
    }

    @Test
    void looksAtNoOtherCommandAndAtNoLongOne() {
        String kill = "KILL 2147483650";
        String padded = kill + " ".repeat(KillFinder.MAX_BYTES - 1 - kill.length());

        assertThat(finder.find(query("", padded))).isPresent();
        assertThat(finder.find(query("", padded + " "))).isEmpty();
        assertThat(finder.find(query("", kill).setByte(0, Command.STMT_PREPARE.code()))).isEmpty();
        assertThat(finder.find(Unpooled.EMPTY_BUFFER)).isEmpty();
        assertThat(KillFinder.NONE.find(query("", kill))).isEmpty();
    }

    @Test
    void findsTheTextBehindQueryAttributes() {
        KillFinder attributes = new KillFinder(ATTRIBUTES, FIRST);
        String one = "01 01 00 01 fe00 016b 03 4b494c";

        assertThat(attributes.find(query("0001", "KILL 2147483650")).map(Kill::id)).contains(FIRST + 2);
        Kill kill = attributes.find(query(one, "KILL 2147483650")).orElseThrow();
        assertThat(written(kill, 7)).isEqualTo(text(query(one, "KILL 7").skipBytes(1)));
        assertThat(attributes.find(query("", "KILL 2147483650"))).as("no attributes").isEmpty();
        assertThat(attributes.find(query("0001", "SELECT 1"))).isEmpty();
        assertThat(attributes.find(query("0001", ""))).isEmpty();
        assertThat(attributes.find(query("01 01 00 01 fe00 016b 7f", "KILL 2147483650"))).as("text").isEmpty();
    }

    @Test
    void waitsForThePacketOnlyWhereItMustBeSeen() {
        ByteBuf kill = query("", "KILL 2147483650");
        int length = kill.readableBytes();

        assertThat(finder.look(Command.QUERY, query("", "S"), 0, 2, 500)).isEqualTo(KillFinder.Verdict.OTHER);
        for (int end = 1; end < length; end++) {
            assertThat(finder.look(Command.QUERY, kill, 0, end, length)).isEqualTo(KillFinder.Verdict.INCOMPLETE);
        }
        assertThat(finder.look(Command.QUERY, kill, 0, length, length)).isEqualTo(KillFinder.Verdict.KILL);
        assertThat(finder.look(Command.QUERY, kill, 0, 1, KillFinder.MAX_BYTES + 1))
                .isEqualTo(KillFinder.Verdict.OTHER);
    }

    @Test
    void anythingIsLookedAtWithoutAnException() {
        Random random = new Random(8);
        String letters = "kKiIlL qQuery/*!M-#;\n2147483650\0";
        KillFinder attributes = new KillFinder(ATTRIBUTES, FIRST);
        int found = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder sql = new StringBuilder(random.nextBoolean() ? "KILL 2147483650" : "");
            for (int n = random.nextInt(4); n >= 0; n--) {
                sql.insert(random.nextInt(sql.length() + 1), letters.charAt(random.nextInt(letters.length())));
            }
            ByteBuf payload = query("", sql.toString());
            Optional<Kill> kill = finder.find(payload);
            assertThat(payload.readerIndex()).isZero();
            if (kill.isPresent()) {
                found++;
                assertThat(finder.find(query("", written(kill.get(), FIRST))).orElseThrow().id()).isEqualTo(FIRST);
            }
            attributes.find(payload);
        }
        assertThat(found).isPositive();
    }
}
