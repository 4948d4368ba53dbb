package dev.myproxy.it.same;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts mean what they say, and say what is wrong with them. */
class ScriptReaderTest {

    private static String payload(String line) {
        Step step = ScriptReader.read("test", List.of("prepare s SELECT ?", line)).steps().getLast();
        return HexFormat.of().formatHex(((Step.Send) step).payload().bytes(name -> name.equals("s") ? 0x01020304 : -1,
                false));
    }

    @ParameterizedTest
    @CsvSource({"ping,0e", "query DO 1,03444f2031", "init_db x,0278", "field_list t,047400", "set_option 1,1b0100",
            "reset s,1a04030201", "close none,19ffffffff", "fetch s 3,1c0403020103000000",
            "execute s,17040302010001000000", "execute s cursor int:5,1704030201010100000000010300" + "05000000",
            "execute s null,170403020100010000000101" + "0600",
            "execute s again tiny:-1,17040302010001000000" + "0000ff",
            "'long s 1 \"ab\"*2',1804030201010061626162", "command,''", "'command x00ff \"\\n\\xfe\"',00ff0afe",
            "command u8:1 u16:2 u24:3 u32:4,01020003000004000000", "'command lenenc:300 lenenc:\"x\"',fc2c010178",
            "command x16 @s,1604030201"})
    void commands(String line, String hex) {
        assertThat(payload(line)).isEqualTo(hex);
    }

    @Test
    void attributesStandOnlyWhereTheyWereNegotiated() {
        Step.Send query = (Step.Send) ScriptReader.read("test", List.of("query X")).steps().getLast();

        assertThat(query.payload().bytes(_ -> 0, true)).containsExactly(3, 0, 1, 'X');
        assertThat(query.payload().bytes(_ -> 0, false)).containsExactly(3, 'X');
    }

    @Test
    void filesGroupsAndContinuedLines() {
        List<Step> steps = ScriptReader
                .read("test", List.of("# comment", "", "query SELECT \\", "  1", "file \"a\" | \"b\"",
                        "together", "ping", "ping", "done"))
                .steps();

        assertThat(steps).hasSize(4);
        assertThat(steps.get(1).text()).isEqualTo("query SELECT 1");
        assertThat(((Step.FileContents) steps.get(2)).packets()).hasSize(2);
        assertThat(((Step.Together) steps.get(3)).commands()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"nonsense,no such verb: nonsense", "execute x,no statement was prepared as x",
            "ping twice,too much: twice", "end of it,too much: of it", "command \"x,text without its end",
            "command u9:1,no kind of bytes: u9", "execute none odd:1,no such parameter: odd",
            "connect colour red,no such property of a login: colour", "done,'''done'' without ''together'''"})
    void mistakesAreNamed(String line, String message) {
        assertThatThrownBy(() -> ScriptReader.read("test", List.of("ping", line)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("test, line 2: " + message);
    }
}
