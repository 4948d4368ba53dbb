package dev.myproxy.peers;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** MariaDB's parsec as the server sees it: the public key that it keeps in the place of a password. */
final class MariaParsec {

    static final int SALT_BYTES = 18;

    /** Iterations are 1024 times 2 to the power of this. */
    static final int FACTOR = 1;

    private static final String ED25519 = "Ed25519";
    private static final int SCRAMBLE_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    private MariaParsec() {}

    /** Gives a key generator what it should have chosen by itself. */
    private static final class Chosen extends SecureRandom {

        private static final long serialVersionUID = 1;

        private final byte[] bytes;

        Chosen(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] into) {
            System.arraycopy(bytes, 0, into, 0, into.length);
        }
    }

    static boolean verify(String password, byte[] salt, byte[] scramble, byte[] answer) {
        if (answer.length != SCRAMBLE_BYTES + SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(ED25519);
            signature.initVerify(publicKey(password, salt));
            signature.update(scramble);
            signature.update(answer, 0, SCRAMBLE_BYTES);
            return signature.verify(answer, SCRAMBLE_BYTES, SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ED25519, e);
        }
    }

    private static PublicKey publicKey(String password, byte[] salt) throws GeneralSecurityException {
        byte[] seed = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 1024 << FACTOR, 8 * SCRAMBLE_BYTES))
                .getEncoded();
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ED25519);
        generator.initialize(NamedParameterSpec.ED25519, new Chosen(seed));
        return generator.generateKeyPair().getPublic();
    }
}
