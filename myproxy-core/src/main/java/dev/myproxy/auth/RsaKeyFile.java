package dev.myproxy.auth;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys in PEM: {@code BEGIN PRIVATE KEY}, PKCS #8 (RFC 5208), or {@code BEGIN RSA PRIVATE KEY}, PKCS #1
 * (RFC 8017, A.1.2), which PKCS #8 puts into an envelope.
 */
final class RsaKeyFile {

    private static final Pattern PKCS8 = pattern("PRIVATE KEY");
    private static final Pattern PKCS1 = pattern("RSA PRIVATE KEY");

    /** Version 0 and the identifier of rsaEncryption, as they stand in the envelope before the key. */
    private static final byte[] RSA_ALGORITHM = {2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86,
            (byte) 0xf7, 13, 1, 1, 1, 5, 0};

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 4;

    private RsaKeyFile() {}

    /**
     * The key as PKCS #8 encodes it.
     *
     * @throws IllegalArgumentException what is wrong with the text
     */
    static byte[] pkcs8(String text) {
        return body(text, PKCS8).or(() -> body(text, PKCS1).map(RsaKeyFile::envelope))
                .orElseThrow(() -> new IllegalArgumentException(text.contains("ENCRYPTED")
                        ? "it is encrypted; a key without passphrase is needed"
                        : "it has no \"-----BEGIN PRIVATE KEY-----\" and no \"-----BEGIN RSA PRIVATE KEY-----\""));
    }

    private static Pattern pattern(String name) {
        return Pattern.compile("-----BEGIN " + name + "-----([A-Za-z0-9+/=\\s]*)-----END " + name + "-----");
    }

    private static Optional<byte[]> body(String text, Pattern pattern) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Optional.of(Base64.getMimeDecoder().decode(found.group(1))) : Optional.empty();
    }

    private static byte[] envelope(byte[] key) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(RSA_ALGORITHM);
        content.writeBytes(element(OCTET_STRING, key));
        return element(SEQUENCE, content.toByteArray());
    }

    /** An element of DER: its kind, its length, of up to four bytes, and its content. */
    private static byte[] element(int kind, byte[] content) {
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(kind);
        if (content.length < 0x80) {
            element.write(content.length);
        } else {
            element.write(0x84);
            for (int shift = 24; shift >= 0; shift -= 8) {
                element.write(content.length >>> shift);
            }
        }
        element.writeBytes(content);
        return element.toByteArray();
    }
}
