package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.Raised;
import java.util.Arrays;
import org.luaj.vm2.LuaString;

/** A byte string in the making, of bounded size; what it weighs counts as time. */
final class Bytes {

    private static final int BYTES_PER_STEP = 64;

    private final Machine machine;
    private byte[] bytes = new byte[64];
    private int length;

    Bytes(Machine machine) {
        this.machine = machine;
    }

    int length() {
        return length;
    }

    private void reserve(int more) {
        long needed = (long) length + more;
        if (needed > Machine.MAX_STRING_BYTES) {
            throw new Raised("not enough memory");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(bytes.length * 2L, Machine.MAX_STRING_BYTES)));
        }
        machine.budget().spend(more / BYTES_PER_STEP);
    }

    Bytes add(int value) {
        if (length == bytes.length) {
            reserve(1);
        }
        bytes[length++] = (byte) value;
        return this;
    }

    Bytes add(LuaString text) {
        return add(text, 0, text.m_length);
    }

    Bytes add(LuaString text, int from, int to) {
        reserve(to - from);
        text.copyInto(from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    /** ASCII only. */
    Bytes add(String text) {
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
        return this;
    }

    LuaString string() {
        return LuaString.valueOf(bytes, 0, length);
    }
}
