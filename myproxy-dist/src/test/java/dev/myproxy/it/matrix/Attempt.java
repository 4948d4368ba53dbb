package dev.myproxy.it.matrix;

import dev.myproxy.protocol.ByteString;
import java.util.HexFormat;

/**
 * A login that a client is to try.
 *
 * @param place the path of a Unix socket, or host and port with a colon between
 */
record Attempt(Way way, String place, ByteString user, ByteString password) {

    Attempt(Way way, String place, String user, String password) {
        this(way, place, ByteString.of(user), ByteString.of(password));
    }

    String host() {
        return place.substring(0, place.indexOf(':'));
    }

    int port() {
        return Integer.parseInt(place.substring(place.indexOf(':') + 1));
    }

    /** As scripts read it, after a number. */
    String line() {
        return String.join("\t", way.word(), place, escaped(user), escaped(password));
    }

    private static String escaped(ByteString bytes) {
        return HexFormat.of().withPrefix("\\x").formatHex(bytes.toByteArray());
    }
}
