package dev.myproxy.lua.lib.jwt;

import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A token: {@code HEADER.PAYLOAD.SIGNATURE}, each in base64url without padding (RFC 7515, section 7.1).
 *
 * @param signed    what the signature is about: the token up to its second dot
 * @param header    JSON
 * @param payload   JSON
 * @param signature 64 bytes, if it is a good one
 */
record Token(ByteString signed, ByteString header, ByteString payload, ByteString signature) {

    private static final int PARTS = 3;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** What is to be signed: {@code HEADER.PAYLOAD}. */
    static ByteString unsigned(ByteString header, ByteString payload) {
        return ByteString.of(encode(header) + "." + encode(payload));
    }

    /** The token of which these are the parts. */
    static ByteString join(ByteString signed, ByteString signature) {
        return ByteString.of(signed.utf8() + "." + encode(signature));
    }

    /** Takes a text apart; empty if it does not have this form. */
    static Optional<Token> parse(ByteString text) {
        String token = new String(text.toByteArray(), StandardCharsets.ISO_8859_1);
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        ByteString signed = ByteString.of(parts[0] + "." + parts[1]);
        return decode(parts[0]).flatMap(header -> decode(parts[1]).flatMap(
                payload -> decode(parts[2]).map(signature -> new Token(signed, header, payload, signature))));
    }

    private static String encode(ByteString bytes) {
        return ENCODER.encodeToString(bytes.toByteArray());
    }

    /** Only the one right form of the bytes, so that there are no two texts of the same token. */
    private static Optional<ByteString> decode(String text) {
        try {
            ByteString bytes = ByteString.copyOf(Base64.getUrlDecoder().decode(text));
            return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
