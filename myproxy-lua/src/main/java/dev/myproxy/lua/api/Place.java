package dev.myproxy.lua.api;

/**
 * A line of a source.
 *
 * @param file as it was named
 * @param line from 1
 */
public record Place(String file, int line) {

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
