package dev.myproxy.lua.luaj.std;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.luaj.vm2.LuaString;

/**
 * What a script sees of the process.
 *
 * @param directory what relative file names are relative to, at the time of the call
 */
public record Surroundings(Supplier<Path> directory) {

    /** The file that a script means. */
    Path file(LuaString name) {
        String text = new String(name.m_bytes, name.m_offset, name.m_length, StandardCharsets.UTF_8);
        return directory.get().resolve(text);
    }
}
