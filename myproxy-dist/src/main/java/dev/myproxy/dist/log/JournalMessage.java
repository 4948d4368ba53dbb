package dev.myproxy.dist.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.slf4j.event.KeyValuePair;

/**
 * An entry in the journal's own protocol, as systemd's document "Native Journal Protocol" describes it: a field after the other.
 *
 * <pre>
 * NAME '=' value LF
 * NAME LF, 8 bytes length, little-endian, value LF       if there is a line break in the value
 * </pre>
 */
final class JournalMessage {

    /** As the journal calls what the unit writes to its standard error. */
    private static final byte[] IDENTIFIER = ascii("cm4all-myproxy");

    private JournalMessage() {}

    static byte[] of(Entry entry) {
        byte[] text = entry.text();
        ByteArrayOutputStream to = new ByteArrayOutputStream(text.length + 512);
        field(to, "MESSAGE", text);
        field(to, "PRIORITY", ascii(Integer.toString(entry.priority().number())));
        field(to, "SYSLOG_IDENTIFIER", IDENTIFIER);
        entry.logger().ifPresent(name -> field(to, Fields.journalName("logger"), ascii(name)));
        for (KeyValuePair field : entry.fields()) {
            field(to, Fields.journalName(field.key), Fields.bytes(field.value));
        }
        return to.toByteArray();
    }

    private static void field(ByteArrayOutputStream to, String name, byte[] value) {
        to.writeBytes(ascii(name));
        if (hasLineBreak(value)) {
            to.write('\n');
            to.writeBytes(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value.length).array());
        } else {
            to.write('=');
        }
        to.writeBytes(value);
        to.write('\n');
    }

    private static boolean hasLineBreak(byte[] value) {
        for (byte b : value) {
            if (b == '\n') {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
