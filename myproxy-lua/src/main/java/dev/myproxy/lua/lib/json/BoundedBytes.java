package dev.myproxy.lua.lib.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Collects bytes, up to a bound: small tables that refer to each other can have an endless text. */
final class BoundedBytes extends OutputStream {

    /** 16 MiB. */
    static final int MAX = 1 << 24;

    /** There are too many bytes. */
    static final class Full extends IOException {

        private static final long serialVersionUID = 1;

        Full() {
            super("the JSON text is longer than " + MAX + " bytes");
        }
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws Full {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws Full {
        if (length > MAX - bytes.size()) {
            throw new Full();
        }
        bytes.write(from, offset, length);
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
