package dev.myproxy.pg;

import dev.myproxy.protocol.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What may go to a server as text: UTF-8 without NUL. */
public final class PgText {

    private PgText() {}

    /**
     * Checks a text.
     *
     * @param what names it in the failure
     */
    public static String of(ByteString bytes, String what) throws PgFailure {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException _) {
            throw new PgFailure(what + " is not valid UTF-8");
        }
        if (text.indexOf('\0') >= 0) {
            throw new PgFailure(what + " contains a NUL byte, which PostgreSQL cannot take");
        }
        return text;
    }

    /** A name in double quotes. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A string literal that reads the same whatever {@code standard_conforming_strings} is. */
    public static String literal(String text) {
        String quoted = '\'' + text.replace("'", "''") + '\'';
        return quoted.indexOf('\\') < 0 ? quoted : " E" + quoted.replace("\\", "\\\\");
    }
}
