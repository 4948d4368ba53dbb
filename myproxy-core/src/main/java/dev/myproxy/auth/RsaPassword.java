package dev.myproxy.auth;

import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;

/** A password on its way to a server, encrypted with the server's RSA key: OAEP with SHA-1 and MGF1 over SHA-1. */
final class RsaPassword {

    static final String CIPHER = "RSA/ECB/OAEPWithSHA-1AndMGF1Padding";
    private static final int OAEP_BYTES = 42;

    private RsaPassword() {}

    /**
     * Encrypts password and NUL, exclusive-or'ed with the repeated salt.
     *
     * @param pem the server's public key, X.509 in PEM
     */
    static AuthStep encrypt(Secret password, byte[] salt, ByteString pem) {
        byte[] plain = Scramble.xor(Scramble.terminated(password), salt);
        try {
            RSAPublicKey key = parse(pem);
            int modulusBytes = (key.getModulus().bitLength() + Byte.SIZE - 1) / Byte.SIZE;
            if (plain.length > modulusBytes - OAEP_BYTES) {
                return new AuthStep.Fail(AuthStep.Reason.CREDENTIALS, "Password is too long");
            }
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return AuthStep.Send.of(cipher.doFinal(plain));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return new AuthStep.Fail(AuthStep.Reason.PROTOCOL, "Bad RSA key from server");
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static RSAPublicKey parse(ByteString pem) throws GeneralSecurityException {
        String base64 = new String(pem.toByteArray(), StandardCharsets.ISO_8859_1).replaceAll("-----[A-Z ]+-----", "");
        byte[] encoded = Base64.getMimeDecoder().decode(base64);
        return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
