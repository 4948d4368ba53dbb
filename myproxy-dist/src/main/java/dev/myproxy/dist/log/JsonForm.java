package dev.myproxy.dist.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.myproxy.protocol.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import org.slf4j.event.KeyValuePair;

/** One JSON object for each entry, on one line, in ASCII. Bytes that are not UTF-8 become U+FFFD. */
final class JsonForm implements Form {

    /** All other characters are escaped: a terminal that shows the log obeys nobody. */
    private static final int LAST_PRINTABLE = 0x7e;

    private final JsonFactory factory = new JsonFactory();

    @Override
    public byte[] render(Entry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            json.setHighestNonEscapedChar(LAST_PRINTABLE);
            json.writeStartObject();
            json.writeStringField("time", entry.time().truncatedTo(ChronoUnit.MICROS).toString());
            json.writeStringField("level", entry.priority().label());
            json.writeStringField("message", entry.message().utf8());
            if (entry.logger().isPresent()) {
                json.writeStringField("logger", entry.logger().get());
            }
            for (KeyValuePair field : entry.fields()) {
                json.writeFieldName(field.key);
                write(json, field.value);
            }
            if (entry.trace().isPresent()) {
                json.writeStringField("trace", entry.trace().get());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes everything", e);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Double number -> json.writeNumber(new BigDecimal(Fields.decimal(number)));
            case BigDecimal number -> json.writeNumber(number);
            case Number number -> json.writeNumber(number.longValue());
            case Boolean truth -> json.writeBoolean(truth);
            case ByteString text -> json.writeString(text.utf8());
            default -> json.writeString(value.toString());
        }
    }
}
