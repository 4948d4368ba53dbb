package dev.myproxy.lua.api;

/**
 * An attribute of objects, a key of an options table, or a value in a library's table.
 *
 * @param name     {@code [string]} where any string will do
 * @param optional whether it may be nil
 * @param type     in LuaLS's notation
 * @param text     what it is; begins with {@value #WRITABLE} if scripts may set an attribute of an object
 */
public record ApiField(String name, boolean optional, String type, String text, Place place) {

    /** How the text of an attribute begins that scripts may set. */
    public static final String WRITABLE = "Read and write";

    /** Whether scripts may set it, if it is an attribute of an object. */
    public boolean isWritable() {
        return text.startsWith(WRITABLE);
    }
}
