package dev.myproxy.lua.lib.json;

import dev.myproxy.protocol.ByteString;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
final class Utf8 {

    private static final char REPLACEMENT = '\ufffd';

    private Utf8() {}

    /** Bytes that are not UTF-8. */
    static final class Invalid extends Exception {

        private static final long serialVersionUID = 1;

        private final int offset;
        private final transient String before;

        private Invalid(int offset, String before) {
            super("invalid UTF-8", null, false, false);
            this.offset = offset;
            this.before = before;
        }

        /** How many bytes before it are UTF-8. */
        int offset() {
            return offset;
        }

        /** The text of these bytes. */
        String before() {
            return before;
        }
    }

    static String decode(ByteString bytes) throws Invalid {
        String text = bytes.utf8();
        if (text.indexOf(REPLACEMENT) >= 0) {
            check(bytes.toByteArray());
        }
        return text;
    }

    private static void check(byte[] bytes) throws Invalid {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new Invalid(in.position(), out.flip().toString());
        }
    }

    /** Whether a surrogate stands alone: such a text has no bytes in UTF-8. */
    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
