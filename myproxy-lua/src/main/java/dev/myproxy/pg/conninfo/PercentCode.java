package dev.myproxy.pg.conninfo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The percent-encoding of URIs. Other characters, {@code +} among them, stand for themselves. */
final class PercentCode {

    private PercentCode() {}

    /**
     * Decodes a part of a URI.
     *
     * @param shown what messages call the part: itself, or something else if it is secret
     */
    static String decode(String part, String shown) throws ConninfoException {
        if (part.indexOf('%') < 0) {
            return part;
        }
        byte[] from = part.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream to = new ByteArrayOutputStream(from.length);
        for (int i = 0; i < from.length; i++) {
            if (from[i] == '%') {
                to.write(octet(from, i, shown));
                i += 2;
            } else {
                to.write(from[i]);
            }
        }
        return utf8(to.toByteArray(), shown);
    }

    private static int octet(byte[] from, int percent, String shown) throws ConninfoException {
        if (percent + 2 >= from.length || !HexFormat.isHexDigit(from[percent + 1])
                || !HexFormat.isHexDigit(from[percent + 2])) {
            throw new ConninfoException("invalid percent-encoded token: \"" + shown + "\"");
        }
        int octet = (HexFormat.fromHexDigit(from[percent + 1]) << 4) | HexFormat.fromHexDigit(from[percent + 2]);
        if (octet == 0) {
            throw new ConninfoException("forbidden value %00 in percent-encoded value: \"" + shown + "\"");
        }
        return octet;
    }

    private static String utf8(byte[] bytes, String shown) throws ConninfoException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw new ConninfoException("percent-encoded value is not valid UTF-8: \"" + shown + "\"");
        }
    }
}
