package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Reads the end of an OK packet on a connection with SESSION_TRACK, byte by byte, wherever buffers begin and end, and finds
 * the default database among the changes of the session's state. Everything else is passed over, also what nobody knows.
 *
 * <pre>
 * n  text, length-encoded
 * n  length of what follows, length-encoded
 *    -- any number of times
 * 1  what has changed: 00 a system variable, 01 the default database, 02 something, 03 GTIDs, 04 and 05 the transaction
 * n  data, length-encoded; for the default database its name, length-encoded again
 * </pre>
 *
 * <p>Nothing is believed of a packet whose lengths do not fit into each other and into the packet: it is the client's to
 * judge, which gets it as it is. One object is filled again and again; nothing is allocated unless a name is longer than those before it.
 *
 * <p><a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_ok_packet.html">OK</a>
 */
final class SessionState {

    /** Names have 64 characters. */
    static final int MAX_NAME_BYTES = 512;

    private static final int LEAST_NAME_BYTES = 32;
    private static final int SCHEMA = 0x01;

    private enum Part {
        TEXT_LENGTH, BLOCK_LENGTH, TYPE, DATA_LENGTH, NAME_LENGTH, NAME, END, BROKEN
    }

    private Part part = Part.BROKEN;
    /** Bytes to pass over before the part. */
    private long skip;
    /** What is left of the block, and of the data of the entry that is read. */
    private long block;
    private long data;
    private boolean schema;

    private int numberBytes;
    private int numberShift;
    private long number;

    private byte[] name = new byte[0];
    private int nameLength;
    private int nameRead;
    private boolean found;

    /**
     * Begins with a packet.
     *
     * @param offset of the text in the payload
     */
    void begin(int offset) {
        part = Part.TEXT_LENGTH;
        skip = offset;
        numberBytes = 0;
        found = false;
    }

    /** Reads the changes alone, as {@link OkPacket#sessionState} holds them. */
    void readBlock(ByteBuf bytes) {
        begin(0);
        block = bytes.readableBytes();
        part = block == 0 ? Part.END : Part.TYPE;
        read(bytes, bytes.readerIndex(), bytes.readableBytes());
    }

    /** Reads the next bytes of the payload. */
    void read(ByteBuf bytes, int from, int count) {
        int at = from;
        int end = from + count;
        while (at < end && part != Part.BROKEN) {
            if (skip > 0) {
                int skipped = (int) Math.min(skip, end - at);
                skip -= skipped;
                at += skipped;
            } else if (part == Part.NAME) {
                at += readName(bytes, at, end);
            } else if (part == Part.END) {
                return;
            } else {
                readByte(bytes.getUnsignedByte(at++));
            }
        }
    }

    /** Whether the packet that has ended here told the default database. */
    boolean isSchemaFound() {
        return found && part == Part.END && skip == 0;
    }

    /** Holds the name of the default database, from the beginning of the array. */
    byte[] schema() {
        return name;
    }

    /** How long the name is; 0 if there is no default database any more. */
    int schemaLength() {
        return nameLength;
    }

    private void readByte(int next) {
        switch (part) {
            case TEXT_LENGTH -> {
                if (readNumber(next)) {
                    skip = number;
                    part = number < 0 ? Part.BROKEN : Part.BLOCK_LENGTH;
                }
            }
            case BLOCK_LENGTH -> {
                if (readNumber(next)) {
                    block = number;
                    endEntry();
                }
            }
            case TYPE -> {
                block--;
                schema = next == SCHEMA;
                part = Part.DATA_LENGTH;
            }
            case DATA_LENGTH -> {
                block--;
                if (readNumber(next)) {
                    beginData();
                }
            }
            case NAME_LENGTH -> {
                data--;
                if (readNumber(next)) {
                    beginName();
                }
            }
            case NAME, END, BROKEN -> throw new IllegalStateException("Nothing is read here byte by byte");
        }
        if (part != Part.TEXT_LENGTH && part != Part.BLOCK_LENGTH && (block < 0 || (schema && data < 0))) {
            part = Part.BROKEN;
        }
    }

    private void beginData() {
        if (number < 0 || number > block) {
            part = Part.BROKEN;
            return;
        }
        block -= number;
        if (schema) {
            data = number;
            part = Part.NAME_LENGTH;
        } else {
            skip = number;
            endEntry();
        }
    }

    private void beginName() {
        if (number < 0 || number != data || number > MAX_NAME_BYTES) {
            part = Part.BROKEN;
            return;
        }
        if (name.length < number) {
            name = new byte[roundedUp((int) number)];
        }
        found = true;
        nameLength = (int) number;
        nameRead = 0;
        if (nameLength == 0) {
            endEntry();
        } else {
            part = Part.NAME;
        }
    }

    private static int roundedUp(int length) {
        return Math.max(LEAST_NAME_BYTES, Integer.highestOneBit(length - 1) << 1);
    }

    private int readName(ByteBuf bytes, int at, int end) {
        int count = Math.min(nameLength - nameRead, end - at);
        bytes.getBytes(at, name, nameRead, count);
        nameRead += count;
        if (nameRead == nameLength) {
            endEntry();
        }
        return count;
    }

    private void endEntry() {
        schema = false;
        part = block == 0 ? Part.END : Part.TYPE;
    }

    /** Reads a byte of a length-encoded integer, and says whether it was the last one. */
    private boolean readNumber(int next) {
        if (numberBytes > 0) {
            number |= (long) next << numberShift;
            numberShift += Byte.SIZE;
            return --numberBytes == 0;
        }
        number = 0;
        numberShift = 0;
        switch (next) {
            case 0xfc -> numberBytes = 2;
            case 0xfd -> numberBytes = 3;
            case 0xfe -> numberBytes = Long.BYTES;
            case 0xfb, 0xff -> part = Part.BROKEN;
            default -> number = next;
        }
        return next < 0xfb;
    }
}
