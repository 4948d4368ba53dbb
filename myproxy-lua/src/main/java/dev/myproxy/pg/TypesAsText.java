package dev.myproxy.pg;

import dev.myproxy.protocol.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Descriptions of columns and parameters, changed so that the Vert.x client takes every type for one that it transfers
 * as plain text, as libpq does for all.
 */
final class TypesAsText {

    /** {@code tsvector}: the client asks for the text of such columns. */
    private static final int COLUMN_TYPE = 3614;

    /** {@code unknown}: the client sends the text of such parameters. */
    private static final int PARAMETER_TYPE = 705;

    private TypesAsText() {}

    /**
     * Replaces the types in the body of a RowDescription, and gives the names of the columns.
     *
     * <pre>
     * int16   number of columns
     *   string  name
     *   int32   table
     *   int16   number in the table
     *   int32   type
     *   int16   size
     *   int32   modifier
     *   int16   format, 0 for text
     * </pre>
     */
    static List<ByteString> columns(ByteBuf body) {
        int count = body.readUnsignedShort();
        List<ByteString> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(ByteString.read(body, Math.max(0, body.bytesBefore((byte) 0))));
            body.skipBytes(1 + Integer.BYTES + Short.BYTES);
            body.setInt(body.readerIndex(), COLUMN_TYPE);
            body.skipBytes(Integer.BYTES + Short.BYTES + Integer.BYTES + Short.BYTES);
        }
        return names;
    }

    /** A ParameterDescription: an int16 count, then an int32 type for each. */
    static ByteBuf parameters(ByteBufAllocator alloc, int count) {
        int length = Integer.BYTES + Short.BYTES + count * Integer.BYTES;
        ByteBuf message = alloc.buffer(1 + length).writeByte('t').writeInt(length).writeShort(count);
        for (int i = 0; i < count; i++) {
            message.writeInt(PARAMETER_TYPE);
        }
        return message;
    }
}
