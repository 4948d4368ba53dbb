package dev.myproxy.lua.luaj.std;

import java.io.IOException;

/** An open file of the {@code io} library. */
interface LuaFile {

    /** The next byte without taking it; -1 at the end. */
    int peek() throws IOException;

    /** Takes the byte that {@link #peek} gave. */
    void skip();

    void write(byte[] bytes, int offset, int length) throws IOException;

    void flush() throws IOException;

    /**
     * Moves to a place.
     *
     * @param whence {@code set}, {@code cur} or {@code end}
     * @return the new place, in bytes from the beginning
     */
    long seek(String whence, long offset) throws IOException;

    /** Flushes and closes. */
    void close() throws IOException;
}
