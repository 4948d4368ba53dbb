package dev.myproxy.tls;

import java.io.ByteArrayOutputStream;

/** Writes values in the distinguished encoding rules of ASN.1: tag, length, contents. */
final class Der {

    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;

    private Der() {}

    /** The tag of a field with a number that consists of other values. */
    static int field(int number) {
        return 0xa0 | number;
    }

    /** A value. */
    static byte[] value(int tag, byte[]... parts) {
        byte[] contents = join(parts);
        ByteArrayOutputStream to = new ByteArrayOutputStream(contents.length + 4);
        to.write(tag);
        if (contents.length >= 0x100) {
            to.write(0x82);
            to.write(contents.length >> Byte.SIZE);
        } else if (contents.length >= 0x80) {
            to.write(0x81);
        }
        to.write(contents.length);
        to.writeBytes(contents);
        return to.toByteArray();
    }

    /** A bit string of whole bytes. */
    static byte[] bits(byte[] bytes) {
        return value(BIT_STRING, new byte[]{0}, bytes);
    }

    /** The parts one after the other. */
    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
