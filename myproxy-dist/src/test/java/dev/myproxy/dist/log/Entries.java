package dev.myproxy.dist.log;

import dev.myproxy.protocol.ByteString;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;

/** Entries for tests, and where they go. */
final class Entries {

    static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123456789Z");

    private Entries() {}

    static Entry entry(Priority priority, String message, KeyValuePair... fields) {
        return new Entry(priority, TIME, Optional.of("dev.myproxy.X"), ByteString.of(message),
                Optional.empty(), List.of(fields));
    }

    static Entry withTrace(String message, String trace) {
        return new Entry(Priority.ERROR, TIME, Optional.empty(), ByteString.of(message),
                Optional.of(trace), List.of());
    }

    static KeyValuePair field(String name, Object value) {
        return new KeyValuePair(name, value);
    }

    /** Two streams of text without priorities. */
    static StreamSink bare(OutputStream out, OutputStream err) {
        Form text = new TextForm(false);
        return new StreamSink(out, text, err, text);
    }
}
