package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Length-encoded integers and strings.
 *
 * <pre>
 * 00..FA        the value
 * FC + 2 bytes  little-endian
 * FD + 3 bytes
 * FE + 8 bytes
 * FB, FF        no integer (NULL in a row; ERR)
 * </pre>
 *
 * <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_dt_integers.html">Integer types</a>
 */
public final class Lenenc {

    private Lenenc() {}

    /**
     * Reads an integer.
     *
     * @return unsigned 64 bits
     */
    public static long read(ByteBuf from) {
        int first = Fields.readByte(from);
        return switch (first) {
            case 0xfc -> Fields.readShort(from);
            case 0xfd -> Fields.readMedium(from);
            case 0xfe -> {
                Fields.require(from, Long.BYTES);
                yield from.readLongLE();
            }
            case 0xfb, 0xff -> throw new MalformedPacketException("Not a length-encoded integer");
            default -> first;
        };
    }

    /**
     * The bytes that an integer takes.
     *
     * @param at index of its first byte, which must be there
     */
    static int size(ByteBuf bytes, int at) {
        return switch (bytes.getUnsignedByte(at)) {
            case 0xfc -> 3;
            case 0xfd -> 4;
            case 0xfe -> 9;
            case 0xfb, 0xff -> throw new MalformedPacketException("Not a length-encoded integer");
            default -> 1;
        };
    }

    /**
     * The value of an integer, all of whose bytes must be there.
     *
     * @param at index of its first byte
     */
    static long get(ByteBuf bytes, int at) {
        int first = bytes.getUnsignedByte(at);
        return switch (first) {
            case 0xfc -> bytes.getUnsignedShortLE(at + 1);
            case 0xfd -> bytes.getUnsignedMediumLE(at + 1);
            case 0xfe -> bytes.getLongLE(at + 1);
            default -> first;
        };
    }

    /** Reads a length and checks that so many bytes follow. */
    public static int readLength(ByteBuf from) {
        long length = read(from);
        Fields.require(from, length);
        return (int) length;
    }

    public static ByteString readString(ByteBuf from) {
        return ByteString.read(from, readLength(from));
    }

    /**
     * Appends an integer in its shortest form.
     *
     * @param value unsigned 64 bits
     */
    public static void write(ByteBuf to, long value) {
        if (value < 0 || value > 0xffffff) {
            to.writeByte(0xfe).writeLongLE(value);
        } else if (value > 0xffff) {
            to.writeByte(0xfd).writeMediumLE((int) value);
        } else if (value > 0xfa) {
            to.writeByte(0xfc).writeShortLE((int) value);
        } else {
            to.writeByte((int) value);
        }
    }

    public static void writeString(ByteBuf to, ByteString value) {
        write(to, value.length());
        value.writeTo(to);
    }
}
