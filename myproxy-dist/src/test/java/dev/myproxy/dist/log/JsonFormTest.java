package dev.myproxy.dist.log;

import static dev.myproxy.dist.log.Entries.entry;
import static dev.myproxy.dist.log.Entries.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonFormTest {

    private static String render(Entry entry) {
        return new String(new JsonForm().render(entry), StandardCharsets.UTF_8);
    }

    @Test
    void factsAreFields() {
        assertThat(render(entry(Priority.WARN, "[pid=1] bad", field("session", 4294967295L),
                field("account", ByteString.of("joe")), field("total_ms", 1.23456), field("ok", true))))
                .isEqualTo("{\"time\":\"2026-03-01T12:00:00.123456Z\",\"level\":\"warn\",\"message\":\"[pid=1] bad\","
                        + "\"logger\":\"dev.myproxy.X\",\"session\":4294967295,\"account\":\"joe\",\"total_ms\":1.235,"
                        + "\"ok\":true}\n");
    }

    @Test
    void aTraceStaysOnTheLine() {
        assertThat(render(Entries.withTrace("bad", "E: x\n\tat y")))
                .isEqualTo("{\"time\":\"2026-03-01T12:00:00.123456Z\",\"level\":\"error\",\"message\":\"bad\","
                        + "\"trace\":\"E: x\\n\\tat y\"}\n");
    }

    @Test
    void nothingThatIsNotPrintableGetsThrough() {
        byte[] hostile = {'"', '\n', 0x1b, 0, (byte) 0xff};
        assertThat(render(entry(Priority.INFO, "ü\u2028", field("user", ByteString.copyOf(hostile)))))
                .contains("\"message\":\"\\u00FC\\u2028\"").contains("\"user\":\"\\\"\\n\\u001B\\u0000\\uFFFD\"");
    }
}
