package dev.myproxy.session;

import dev.myproxy.auth.RsaKey;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** Keys of 2048 bits, which are made sooner than those of the daemon. */
final class TestKeys {

    private static final RsaKey SHORT = generate();

    private TestKeys() {}

    /** A key that listeners may have. */
    static RsaKey shortKey() {
        return SHORT;
    }

    private static RsaKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RsaKey.MIN_BITS);
            byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
            return RsaKey.parse("-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                    + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
