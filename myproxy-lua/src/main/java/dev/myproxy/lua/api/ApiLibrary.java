package dev.myproxy.lua.api;

import java.util.List;

/**
 * What one annotation file describes.
 *
 * @param name      the file's, without {@code .lua}
 * @param text      what the library is for, in Markdown; its first line is the title
 * @param functions global ones
 * @param aliases   names for types
 */
public record ApiLibrary(String name, String text, List<ApiVariable> variables, List<ApiFunction> functions,
        List<ApiClass> classes, List<Alias> aliases) {

    /**
     * A name for a type.
     *
     * @param type in LuaLS's notation
     */
    public record Alias(String name, String type, String text) {}

    /** The first line of the text. */
    public String title() {
        return text.lines().findFirst().orElse(name);
    }
}
