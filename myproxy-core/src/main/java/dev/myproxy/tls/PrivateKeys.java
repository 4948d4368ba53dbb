package dev.myproxy.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Private keys as the blocks of PEM files have them. Java reads
 * <a href="https://www.rfc-editor.org/rfc/rfc5208">PKCS #8</a> only, which puts the name of an algorithm around the older forms:
 *
 * <pre>
 * SEQUENCE
 *   INTEGER 0
 *   SEQUENCE  object id of the algorithm, its parameters
 *   OCTET STRING  the key of PKCS #1 or SEC 1
 * </pre>
 */
final class PrivateKeys {

    /** The field of SEC 1 with the curve. */
    private static final int CURVE = Der.field(0);
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    /** rsaEncryption, 1.2.840.113549.1.1.1, and NULL. */
    private static final byte[] RSA = {0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01,
            0x01, 0x05, 0x00};
    /** id-ecPublicKey, 1.2.840.10045.2.1; the curve follows. */
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private PrivateKeys() {}

    /**
     * Decodes a block.
     *
     * @param file  for error texts
     * @param label of the block, such as {@code RSA PRIVATE KEY}
     */
    static PrivateKey decode(Path file, String label, String base64) throws TlsException {
        byte[] der = new byte[0];
        byte[] wrapped = der;
        try {
            der = Base64.getMimeDecoder().decode(base64);
            wrapped = switch (label) {
                case "PRIVATE KEY" -> der;
                case "RSA PRIVATE KEY" -> wrap(RSA, der);
                case "EC PRIVATE KEY" -> wrap(Der.join(EC, curve(der).orElseThrow(
                        () -> new TlsException("The key in " + file + " does not name its curve"))), der);
                default -> throw new TlsException("The key in " + file + " is of a kind that is not known: " + label);
            };
            return decode(file, wrapped);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
            throw new TlsException("The key in " + file + " is damaged");
        } finally {
            Arrays.fill(der, (byte) 0);
            Arrays.fill(wrapped, (byte) 0);
        }
    }

    private static PrivateKey decode(Path file, byte[] pkcs8) throws TlsException {
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException _) {
                // It is of another kind.
            }
        }
        throw new TlsException("The key in " + file + " is damaged, or neither RSA nor EC nor Ed25519");
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return Der.value(Der.SEQUENCE, VERSION_0, Der.value(Der.SEQUENCE, algorithm),
                Der.value(Der.OCTET_STRING, key));
    }

    /** The object id in {@code SEQUENCE (INTEGER 1, OCTET STRING, [0] object id, ...)}. */
    private static Optional<byte[]> curve(byte[] sec1) {
        int end = sec1.length;
        int at = contents(sec1, 0);
        while (at < end) {
            int begin = contents(sec1, at);
            int length = length(sec1, at);
            if ((sec1[at] & 0xff) == CURVE) {
                return Optional.of(Arrays.copyOfRange(sec1, begin, begin + length));
            }
            at = begin + length;
        }
        return Optional.empty();
    }

    private static int contents(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first - 0x80);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < first - 0x80; i++) {
            length = length << Byte.SIZE | (der[at + 2 + i] & 0xff);
        }
        if (length < 0 || length > der.length) {
            throw new IllegalArgumentException("length");
        }
        return length;
    }
}
