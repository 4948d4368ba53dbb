package dev.myproxy.dist.log;

import static dev.myproxy.dist.log.Entries.entry;
import static dev.myproxy.dist.log.Entries.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JournalMessageTest {

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.ISO_8859_1);
    }

    @Test
    void factsAreFields() {
        assertThat(text(JournalMessage.of(entry(Priority.INFO, "[pid=1] end", field("session", 7L),
                field("account", ByteString.of("joe")), field("cause", "client_quit"), field("total_ms", 5.0)))))
                .isEqualTo("""
                           MESSAGE=[pid=1] end
                           PRIORITY=6
                           SYSLOG_IDENTIFIER=cm4all-myproxy
                           MYPROXY_LOGGER=dev.myproxy.X
                           MYPROXY_SESSION=7
                           MYPROXY_ACCOUNT=joe
                           MYPROXY_CAUSE=client_quit
                           MYPROXY_TOTAL_MS=5.000
                           """);
    }

    @Test
    void valuesWithLineBreaksAreCountedSoThatNobodyAddsAField() {
        assertThat(text(JournalMessage.of(entry(Priority.INFO, "x", field("user", ByteString.of("a\nPRIORITY=0"))))))
                .endsWith("MYPROXY_USER\n\u000c\0\0\0\0\0\0\0a\nPRIORITY=0\n");
        assertThat(text(JournalMessage.of(Entries.withTrace("bad", "E: x"))))
                .startsWith("MESSAGE\n\u0008\0\0\0\0\0\0\0bad\nE: x\nPRIORITY=3\n");
    }

    @Test
    void bytesThatAreNoTextPassAsTheyAre() {
        assertThat(
                JournalMessage.of(entry(Priority.INFO, "x", field("user", ByteString.copyOf(new byte[]{(byte) 0xff})))))
                .endsWith("MYPROXY_USER=".getBytes(StandardCharsets.US_ASCII)[12], 0xff, '\n');
    }
}
