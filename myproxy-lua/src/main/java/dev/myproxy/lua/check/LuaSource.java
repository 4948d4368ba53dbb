package dev.myproxy.lua.check;

import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file of a configuration.
 *
 * @param name as error texts name it
 */
public record LuaSource(String name, ByteString text) {

    private static final Pattern IGNORE = Pattern.compile("--\\s*myproxy:\\s*ignore\\b");

    /** The lines that end with a comment {@code -- myproxy: ignore}: findings in them are not told. */
    List<Boolean> ignoredLines() {
        return text.utf8().lines().map(line -> IGNORE.matcher(line).find()).toList();
    }
}
