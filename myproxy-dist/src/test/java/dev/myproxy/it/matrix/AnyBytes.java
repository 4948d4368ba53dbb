package dev.myproxy.it.matrix;

import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Names and passwords of bytes that need be no text. */
final class AnyBytes {

    /** Of 1 byte, around what an RSA key of 2048 bits encrypts, and with all values but NUL. */
    static final List<ByteString> PASSWORDS = Stream.of(1, 100, 214, 215, 300).map(AnyBytes::password).toList();

    static final List<ByteString> USERS = Stream.of("o'neil \"the\" `cat` \\ %s", "line\nbreak",
            "\u00ff\u00fe\u0080\u00c3(").map(text -> ByteString.copyOf(text.getBytes(StandardCharsets.ISO_8859_1)))
            .toList();

    private static final long MODULUS = Integer.MAX_VALUE;

    private AnyBytes() {}

    private static ByteString password(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (1 + (length + i) % 255);
        }
        return ByteString.copyOf(bytes);
    }

    /** A name among {@link #USERS}, and what comes before it. */
    static ByteString user(String before, int number) {
        return ByteString.of(before).followedBy(USERS.get(number % USERS.size()));
    }

    /** Length and checksum, as the daemon's script tells what it has got: clients print no error that is much longer. */
    static String sum(ByteString bytes) {
        long sum = 0;
        for (byte b : bytes.toByteArray()) {
            sum = (sum * 31 + (b & 0xff)) % MODULUS;
        }
        return bytes.length() + ":" + sum;
    }
}
