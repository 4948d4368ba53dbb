package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;

/**
 * The block of parameters between the command byte and the text of COM_QUERY, where QUERY_ATTRIBUTES is in force.
 *
 * <pre>
 * n  number of parameters, length-encoded
 * n  number of sets, length-encoded, 1
 *    -- if there are parameters
 * n  bit map of parameters that are NULL
 * 1  01
 *    -- for each parameter
 * 1  type
 * 1  80 if unsigned
 * n  name, length-encoded
 *    -- for each parameter that is not NULL
 * n  value, as in an execution of a prepared statement
 * </pre>
 *
 * <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query.html">COM_QUERY</a>
 *
 * <p>Whoever decides by the text must find it where the server does. So types whose values servers read in different
 * ways, which no client sends, are malformed here.
 */
public final class QueryAttributes {

    /** As many as a statement can have parameters. */
    private static final int MAX_PARAMETERS = 0xffff;

    private static final int SIGNED = 0;
    private static final int UNSIGNED = 0x80;

    private QueryAttributes() {}

    /**
     * Reads over the block.
     *
     * @param payload its reader index goes from the block to the text
     * @throws MalformedPacketException if the block is not as above
     */
    public static void skip(ByteBuf payload) {
        long count = Lenenc.read(payload);
        if (count < 0 || count > MAX_PARAMETERS || Lenenc.read(payload) != 1) {
            throw new MalformedPacketException("Bad number of query attributes");
        }
        if (count > 0) {
            skip(payload, (int) count);
        }
    }

    private static void skip(ByteBuf payload, int count) {
        int nulls = payload.readerIndex();
        Fields.skip(payload, (count + 7) / 8);
        if (Fields.readByte(payload) != 1) {
            throw new MalformedPacketException("Query attributes without types");
        }
        byte[] types = new byte[count];
        for (int i = 0; i < count; i++) {
            types[i] = (byte) Fields.readByte(payload);
            int sign = Fields.readByte(payload);
            if (sign != SIGNED && sign != UNSIGNED) {
                throw unknownType();
            }
            Fields.skip(payload, Lenenc.readLength(payload));
        }
        for (int i = 0; i < count; i++) {
            boolean isNull = (payload.getByte(nulls + i / 8) >> (i % 8) & 1) != 0;
            if (!isNull) {
                skipValue(payload, types[i] & 0xff);
            }
        }
    }

    private static void skipValue(ByteBuf payload, int type) {
        switch (type) {
            case 0x01 -> Fields.skip(payload, 1); // TINY
            case 0x02 -> Fields.skip(payload, 2); // SHORT
            case 0x03, 0x04 -> Fields.skip(payload, 4); // LONG, FLOAT
            case 0x05, 0x08 -> Fields.skip(payload, 8); // DOUBLE, LONGLONG
            // DECIMAL, TIMESTAMP, DATE, TIME, DATETIME, VARCHAR, NEWDECIMAL, the BLOBs, VAR_STRING, STRING
            case 0x00, 0x07, 0x0a, 0x0b, 0x0c, 0x0f, 0xf6, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe ->
                Fields.skip(payload, Lenenc.readLength(payload));
            default -> throw unknownType();
        }
    }

    private static MalformedPacketException unknownType() {
        return new MalformedPacketException("Query attribute of unknown type");
    }
}
