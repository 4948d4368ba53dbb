package dev.myproxy.peers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;

/** A client's last answer in caching_sha2_password over TCP: the password under the server's key. */
final class RsaAnswer {

    private RsaAnswer() {}

    /**
     * Encrypts a password.
     *
     * @param packet the server's: 1 and a PEM key
     */
    static byte[] encrypt(byte[] packet, byte[] password, byte[] salt) {
        String pem = new String(packet, 1, packet.length - 1, StandardCharsets.US_ASCII);
        String body = pem.replaceAll("-----[A-Z ]+-----", "");
        try {
            PublicKey key = KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher.doFinal(Scrambles.xor(Scrambles.clear(password), salt));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("not a usable key: " + pem, e);
        }
    }
}
