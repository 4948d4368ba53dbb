package dev.myproxy.it.same;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A seed is enough to play a script again. */
class GeneratorTest {

    @Test
    void theSameSeedGivesTheSameScript() {
        assertThat(new Generator(7).script()).isEqualTo(new Generator(7).script())
                .isNotEqualTo(new Generator(8).script());
    }

    @Test
    void allScriptsCanBeRead() {
        assertThatCode(() -> LongStream.range(0, 200)
                .forEach(seed -> ScriptReader.read("seed " + seed, new Generator(seed).script())))
                .doesNotThrowAnyException();
    }

    @Test
    void allKindsOfCommandsOccur() {
        Set<String> verbs = new HashSet<>();
        LongStream.range(0, 50)
                .forEach(seed -> new Generator(seed).script().forEach(line -> verbs.add(line.split(" ", 2)[0])));

        assertThat(verbs).contains("connect", "query", "prepare", "execute", "long", "fetch", "reset", "close", "ping",
                "init_db", "change_user", "field_list", "file", "set_option", "statistics", "reset_connection",
                "command",
                "packet", "together", "quit", "end", "unread");
    }
}
