package dev.myproxy.lua;

import dev.myproxy.protocol.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A file that stands beside classes: the Lua part of a library, say. */
public final class Resource {

    private Resource() {}

    /** The file's bytes. */
    public static ByteString of(Class<?> beside, String name) {
        try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return ByteString.copyOf(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
