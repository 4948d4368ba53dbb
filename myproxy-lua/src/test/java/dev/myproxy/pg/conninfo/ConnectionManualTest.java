package dev.myproxy.pg.conninfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The manual's page on connection strings knows every option, and its examples work. */
class ConnectionManualTest {

    private static final Path MANUAL = Path.of("../docs/lua/pg-connection.md");

    @TempDir
    Path home;

    static Stream<String> examples() throws Exception {
        return Pattern.compile("(?m)^(host=.*connect_timeout.*|postgresql://.*)$").matcher(Files.readString(MANUAL))
                .results().map(match -> match.group(1));
    }

    @ParameterizedTest
    @EnumSource
    void everyOptionIsThere(Keyword keyword) throws Exception {
        String manual = Files.readString(MANUAL);

        assertThat(manual).containsPattern("`" + keyword.text + "[`=]");
        keyword.variable.ifPresent(variable -> assertThat(manual).contains("`" + variable + "`"));
    }

    @Test
    void messagesAreTheRealOnes() throws Exception {
        String manual = Files.readString(MANUAL);
        Here here = new Here(home);

        for (String wrong : new String[]{"policy", "hots=a", "host=a port=x", "host=a,b,c port=1,2", "sslmode=on"}) {
            try {
                Conninfo.read(wrong, here.surroundings());
                throw new AssertionError(wrong + " is accepted");
            } catch (ConninfoException e) {
                assertThat(manual).contains("\n" + e.getMessage() + "\n");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesAreUnderstood(String example) {
        assertThatCode(() -> new Here(home).read(example)).doesNotThrowAnyException();
    }
}
