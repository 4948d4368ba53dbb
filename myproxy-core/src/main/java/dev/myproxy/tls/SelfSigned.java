package dev.myproxy.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate that nobody has signed, as MySQL and MariaDB make one when they are given none: who listens learns nothing, but
 * who stands in between is not found out by it. Made anew each time that the daemon starts; the key is nowhere but in memory.
 */
final class SelfSigned {

    /** Long enough for a daemon that nobody restarts. */
    private static final Duration VALID = Duration.ofDays(3650);

    /** Clocks of clients may be slow. */
    private static final Duration SLACK = Duration.ofDays(1);

    /** Whether it signs others; this one does not. */
    private static final int BASIC_CONSTRAINTS = 19;

    private static final X500Principal NAME = new X500Principal("CN=myproxy self-signed");

    private SelfSigned() {}

    /** Makes one. Takes a few milliseconds. */
    static Identity make() throws TlsException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            Instant now = Instant.now();
            CertificateDraft draft = new CertificateDraft(NAME, NAME, keys.getPublic(), now.minus(SLACK),
                    now.plus(VALID), List.of(CertificateDraft.extension(BASIC_CONSTRAINTS, true,
                            Der.value(Der.SEQUENCE))));
            return new Identity(keys.getPrivate(), List.of(draft.sign(keys.getPrivate())));
        } catch (GeneralSecurityException e) {
            throw new TlsException("Failed to make a certificate: " + e.getMessage(), e);
        }
    }
}
