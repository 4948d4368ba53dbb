package dev.myproxy.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate and its key in PEM files, perhaps the same one.
 *
 * @param certificate the certificate, with those behind it that lead to an authority
 * @param key         PKCS #8, PKCS #1 or SEC 1, without a password
 */
public record IdentityFiles(Path certificate, Path key) {

    private static final byte[] SAMPLE = "sample".getBytes(StandardCharsets.US_ASCII);

    /** Reads both. Blocks as long as the file system does. */
    Identity read() throws TlsException {
        List<X509Certificate> chain = Pem.certificates(certificate);
        PrivateKey privateKey = Pem.privateKey(key);
        if (!belongTogether(privateKey, chain.getFirst().getPublicKey())) {
            throw new TlsException("The key in " + key + " does not belong to the certificate in " + certificate);
        }
        return new Identity(privateKey, chain);
    }

    private boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) throws TlsException {
        if (!privateKey.getAlgorithm().equals(publicKey.getAlgorithm())) {
            return false;
        }
        String algorithm = switch (privateKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA", "Ed25519" -> "EdDSA";
            case String other ->
                throw new TlsException("The key in " + key + " is of a kind that TLS is not spoken with: "
                        + other);
        };
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(privateKey);
            signer.update(SAMPLE);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(publicKey);
            verifier.update(SAMPLE);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            throw new TlsException("The key in " + key + " can't be used: " + e.getMessage(), e);
        }
    }
}
