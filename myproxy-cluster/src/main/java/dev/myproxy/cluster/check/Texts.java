package dev.myproxy.cluster.check;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Quoting;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Forms of values in reasons, which are one short line whatever the server sent. */
final class Texts {

    private static final int MAX_LINE = 300;
    private static final int MAX_VALUE_BYTES = 80;

    private Texts() {}

    /** A server's text as one line. */
    static String line(ByteString text) {
        String line = Quoting.oneLine(text.utf8());
        return line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE) + "…";
    }

    /** A value in quotes, or NULL. */
    static String value(Optional<ByteString> value) {
        return value.map(bytes -> bytes.length() <= MAX_VALUE_BYTES
                ? bytes.toString()
                : ByteString.copyOf(bytes.toByteArray(), 0, MAX_VALUE_BYTES) + "…").orElse("NULL");
    }

    /** A time, such as {@code 10 s} or {@code 0.5 s}. */
    static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
