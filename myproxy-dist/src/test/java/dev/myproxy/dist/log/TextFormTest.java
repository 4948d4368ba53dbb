package dev.myproxy.dist.log;

import static dev.myproxy.dist.log.Entries.entry;
import static dev.myproxy.dist.log.Entries.field;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormTest {

    private static String render(boolean priorities, Entry entry) {
        return new String(new TextForm(priorities).render(entry), StandardCharsets.UTF_8);
    }

    @Test
    void withoutPrioritiesTheMessageIsAllThereIs() {
        assertThat(render(false, entry(Priority.WARN, "bad", field("session", 1)))).isEqualTo("bad\n");
        assertThat(render(false, Entries.withTrace("bad", "E: x\n\tat y"))).isEqualTo("bad\nE: x\n\tat y\n");
        assertThat(render(false, entry(Priority.INFO, ""))).isEqualTo("\n");
    }

    @ParameterizedTest
    @CsvSource({"ERROR, 3", "WARN, 4", "INFO, 6", "DEBUG, 7"})
    void priorityIsANumber(Priority priority, int number) {
        assertThat(render(true, entry(priority, "x"))).isEqualTo("<" + number + ">x\n");
    }

    @Test
    void everyLineHasThePriority() {
        assertThat(render(true, Entries.withTrace("bad", "E: x\n\tat y"))).isEqualTo("<3>bad\n<3>E: x\n<3>\tat y\n");
        assertThat(render(true, entry(Priority.INFO, "a\n\nb"))).isEqualTo("<6>a\n<6>\n<6>b\n");
    }

    @Test
    void whoeverIsQuotedDoesNotChooseThePriority() {
        assertThat(render(true, entry(Priority.INFO, "<0>panic"))).isEqualTo("<6><0>panic\n");
    }
}
