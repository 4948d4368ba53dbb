package dev.myproxy.pg;

import dev.myproxy.protocol.ByteString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row, kept as the server sent it and taken apart when asked. Body of a DataRow message:
 *
 * <pre>
 * int16  number of values
 *   int32  length, -1 for NULL
 *   bytes  the value as text
 * </pre>
 *
 * See <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>.
 */
public final class PgRow {

    private final byte[] message;

    PgRow(byte[] message) {
        this.message = message;
    }

    /** A row of these values, as a server would send it. */
    public static PgRow of(List<Optional<ByteString>> values) {
        int length = Short.BYTES;
        for (Optional<ByteString> value : values) {
            length += Integer.BYTES + value.map(ByteString::length).orElse(0);
        }
        ByteBuffer out = ByteBuffer.allocate(length).putShort((short) values.size());
        for (Optional<ByteString> value : values) {
            out.putInt(value.map(ByteString::length).orElse(-1));
            value.ifPresent(bytes -> out.put(bytes.toByteArray()));
        }
        return new PgRow(out.array());
    }

    /** The values in the order of the columns, in PostgreSQL's text format; empty ones are NULL. */
    public List<Optional<ByteString>> values() {
        ByteBuffer in = ByteBuffer.wrap(message);
        int count = Short.toUnsignedInt(in.getShort());
        List<Optional<ByteString>> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = in.getInt();
            if (length < 0) {
                values.add(Optional.empty());
            } else {
                int from = in.position();
                values.add(Optional.of(ByteString.copyOf(message, from, from + length)));
                in.position(from + length);
            }
        }
        return values;
    }
}
