package dev.myproxy.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/**
 * Writes JSON documents: objects whose first field is {@code api}, the version of their shape. Fields may be added without
 * another version; none is taken away or changes its meaning.
 */
final class Document {

    /** The version of the shape of all documents. */
    static final int API = 1;

    private static final JsonFactory FACTORY = new JsonFactory();

    /** All other characters are escaped: a terminal that shows a document obeys nobody. */
    private static final int LAST_PRINTABLE = 0x7e;

    private Document() {}

    /** Writes the fields of an object. */
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** A document with these fields, in ASCII. */
    static Buffer write(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.setHighestNonEscapedChar(LAST_PRINTABLE);
            json.writeStartObject();
            json.writeNumberField("api", API);
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /** The text form of something, or null where there is none. */
    static void text(JsonGenerator json, String name, Optional<?> value) throws IOException {
        json.writeStringField(name, value.map(Object::toString).orElse(null));
    }

    /** A duration in seconds, to the millisecond, or null where there is none. */
    static void seconds(JsonGenerator json, String name, Optional<Duration> value) throws IOException {
        json.writeFieldName(name);
        if (value.isPresent()) {
            json.writeNumber(new BigDecimal(value.get().toNanos()).movePointLeft(9).setScale(3, RoundingMode.HALF_UP));
        } else {
            json.writeNull();
        }
    }
}
