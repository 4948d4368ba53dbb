package dev.myproxy.auth;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;

/**
 * The key pair that clients encrypt their passwords for where others can listen, with OAEP as {@link RsaPassword} does it.
 * Thread-safe. Making one takes up to a second, decrypting takes milliseconds.
 */
public final class RsaKey {

    /** The least length of a key. */
    public static final int MIN_BITS = 2048;

    /** The greatest length of a key: decrypting with longer ones costs more than a login should. */
    public static final int MAX_BITS = 8192;

    /** The shortest message that can have been encrypted for such a key. */
    static final int MIN_MESSAGE_BYTES = MIN_BITS / Byte.SIZE;

    /** Enough for passwords of 341 bytes: 42 bytes are OAEP's, one is the NUL. */
    private static final int BITS = 3072;

    private static final String RSA = "RSA";

    private final RSAPrivateCrtKey key;
    private final ByteString pem;

    private RsaKey(RSAPrivateCrtKey key) throws GeneralSecurityException {
        this.key = key;
        byte[] encoded = KeyFactory.getInstance(RSA)
                .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())).getEncoded();
        String body = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(encoded);
        this.pem = ByteString.of("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
    }

    /** Makes a key pair. */
    public static RsaKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(RSA);
            generator.initialize(BITS);
            return new RsaKey((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + RSA, e);
        }
    }

    /**
     * Reads a private key in PEM, as OpenSSL and MySQL write it: PKCS #8 or PKCS #1, not encrypted.
     *
     * @throws IllegalArgumentException what is wrong with it, without any of its text
     */
    public static RsaKey parse(String text) {
        try {
            return KeyFactory.getInstance(RSA)
                    .generatePrivate(new PKCS8EncodedKeySpec(RsaKeyFile.pkcs8(text))) instanceof RSAPrivateCrtKey key
                            ? new RsaKey(checked(key))
                            : noKey();
        } catch (GeneralSecurityException _) {
            // The reason would tell no more, and might tell too much.
            return noKey();
        }
    }

    private static RsaKey noKey() {
        throw new IllegalArgumentException("it is no RSA private key");
    }

    private static RSAPrivateCrtKey checked(RSAPrivateCrtKey key) {
        int bits = key.getModulus().bitLength();
        if (bits < MIN_BITS || bits > MAX_BITS) {
            throw new IllegalArgumentException(
                    "it has " + bits + " bits; it must have " + MIN_BITS + " to " + MAX_BITS);
        }
        return key;
    }

    /** The public key, X.509 in PEM. */
    public ByteString pem() {
        return pem;
    }

    /**
     * Decrypts what a client has sent.
     *
     * @param message wiped
     * @param salt    that the client was given last; it was exclusive-or'ed with the password and its NUL
     * @return empty if it was not encrypted for this key, or with another salt
     */
    public Optional<Secret> decrypt(AuthAnswer message, ByteString salt) {
        byte[] plain = new byte[0];
        try {
            Cipher cipher = Cipher.getInstance(RsaPassword.CIPHER);
            cipher.init(Cipher.DECRYPT_MODE, key);
            plain = cipher.doFinal(message.bytes());
            Scramble.xor(plain, salt.toByteArray());
            int last = plain.length - 1;
            return last >= 0 && plain[last] == 0
                    ? Optional.of(Secret.wrap(Arrays.copyOf(plain, last)))
                    : Optional.empty();
        } catch (GeneralSecurityException _) {
            // Whatever is wrong with it: the client did not say its password.
            return Optional.empty();
        } finally {
            Arrays.fill(plain, (byte) 0);
            message.wipe();
        }
    }

    /** Tells nothing of the key. */
    @Override
    public String toString() {
        return "RsaKey[" + key.getModulus().bitLength() + " bits]";
    }
}
