package dev.myproxy.dist.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;

/**
 * One line of the log, or what the script prints.
 *
 * @param logger  the class that says it; empty for what is no event of the log
 * @param message in UTF-8 unless a script prints something else; without its end
 * @param trace   of an exception, several lines
 * @param fields  what the message tells, by name
 */
record Entry(Priority priority, Instant time, Optional<String> logger, ByteString message, Optional<String> trace,
        List<KeyValuePair> fields) {

    private static final int OVERHEAD_BYTES = 64;
    private static final int FIELD_BYTES = 48;

    static Entry of(ILoggingEvent event) {
        return new Entry(Priority.of(event.getLevel()), event.getInstant(), Optional.of(event.getLoggerName()),
                ByteString.of(event.getFormattedMessage()),
                Optional.ofNullable(event.getThrowableProxy()).map(t -> ThrowableProxyUtil.asString(t).stripTrailing()),
                event.getKeyValuePairs() == null ? List.of() : event.getKeyValuePairs());
    }

    /** A line that is no event, from now. */
    static Entry of(Priority priority, ByteString message) {
        return new Entry(priority, Instant.now(), Optional.empty(),
                message, Optional.empty(), List.of());
    }

    /** Roughly the memory that it takes. */
    long cost() {
        long cost = (long) OVERHEAD_BYTES + message.length() + trace.map(String::length).orElse(0);
        for (KeyValuePair field : fields) {
            cost += FIELD_BYTES + (field.value instanceof ByteString bytes ? bytes.length() : 0);
        }
        return cost;
    }

    /** The message, and the trace below it. */
    byte[] text() {
        return trace.map(lines -> (message.utf8() + "\n" + lines).getBytes(StandardCharsets.UTF_8))
                .orElseGet(message::toByteArray);
    }
}
