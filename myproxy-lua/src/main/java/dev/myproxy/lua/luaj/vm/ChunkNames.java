package dev.myproxy.lua.luaj.vm;

import org.luaj.vm2.LuaString;
import org.luaj.vm2.Prototype;

/** How the name of a chunk appears in messages: the file's name, or the beginning of the source in brackets. */
public final class ChunkNames {

    /** Longer ones are cut, as in LuaJIT. */
    private static final int MAX_BYTES = 59;
    private static final int MAX_SOURCE_BYTES = 45;

    private ChunkNames() {}

    static String display(Prototype prototype) {
        return display(prototype.source).tojstring();
    }

    /**
     * The name as messages show it.
     *
     * @param name {@code @file}, {@code =text}, or source
     */
    public static LuaString display(LuaString name) {
        int length = name.m_length;
        if (length > 0 && name.luaByte(0) == '=') {
            return name.substring(1, Math.min(length, MAX_BYTES + 1));
        }
        if (length > 0 && name.luaByte(0) == '@') {
            return length - 1 <= MAX_BYTES
                    ? name.substring(1, length)
                    : NumberText.concat("...", name.substring(length - (MAX_BYTES - 3), length));
        }
        int line = 0;
        while (line < length && name.luaByte(line) >= ' ') {
            line++;
        }
        boolean whole = line == length && length <= MAX_SOURCE_BYTES + 3;
        LuaString shown = name.substring(0, whole ? length : Math.min(line, MAX_SOURCE_BYTES));
        return NumberText.concat("[string \"", NumberText.concat(shown, whole ? "\"]" : "...\"]"));
    }
}
