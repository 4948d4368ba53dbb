package dev.myproxy.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * How a server checks a password, plugin by plugin. Each method begins with the client's first answer and ends before
 * the OK or ERR.
 */
public final class ServerAuth {

    private static final class RsaKey {
        static final KeyPair PAIR = generate();

        private static KeyPair generate() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has RSA", e);
            }
        }
    }

    private ServerAuth() {}

    /** Makes the RSA key, for which clients would wait otherwise. */
    public static void makeKey() {
        Objects.requireNonNull(RsaKey.PAIR);
    }

    /** mysql_native_password. */
    public static boolean nativePassword(byte[] answer, byte[] salt, String password) {
        return Arrays.equals(answer, Scrambles.nativePassword(password, salt));
    }

    /** mysql_clear_password. */
    public static boolean clear(byte[] answer, String password) {
        return Arrays.equals(answer, Scrambles.clear(password));
    }

    /** client_ed25519, where an empty password signs as any other. */
    public static boolean ed25519(byte[] answer, byte[] salt, String password) {
        return MariaEd25519.verify(password, salt, answer);
    }

    /** parsec: the first answer is empty, and the salt stands in a packet of its own, without the mark of AuthMoreData. */
    public static boolean parsec(ServerConnection client, byte[] answer, byte[] scramble, String password)
            throws IOException {
        if (answer.length != 0) {
            throw new AssertionError("the client should have waited for the salt");
        }
        byte[] salt = Arrays.copyOf(ServerConnection.randomSalt(), MariaParsec.SALT_BYTES);
        client.send(new PayloadWriter().u8('P').u8(MariaParsec.FACTOR).bytes(salt).toByteArray());
        return MariaParsec.verify(password, salt, scramble, client.read().payload());
    }

    /** caching_sha2_password, when the server knows the password's hash already. */
    public static boolean cachingSha2Fast(ServerConnection client, byte[] answer, byte[] salt, String password)
            throws IOException {
        if (!Arrays.equals(answer, Scrambles.cachingSha2(password, salt))) {
            return false;
        }
        if (!password.isEmpty()) {
            client.authMore((byte) 3);
        }
        return true;
    }

    /**
     * caching_sha2_password, when the server does not know the hash yet: the client sends the password, in clear over a
     * Unix socket, else encrypted with a key that it asks for. Who sends it in clear over TCP fails.
     */
    public static boolean cachingSha2Full(ServerConnection client, byte[] salt, String password) throws IOException {
        client.authMore((byte) 4);
        byte[] answer = client.read().payload();
        return client.isLocal()
                ? Arrays.equals(answer, Scrambles.clear(password))
                : encrypted(client, answer, 2, salt, password);
    }

    /** sha256_password without TLS: the client sends the password encrypted with a key that it asks for, also over a Unix socket. */
    public static boolean sha256(ServerConnection client, byte[] answer, byte[] salt, String password)
            throws IOException {
        return encrypted(client, answer, 1, salt, password);
    }

    /** A client that sends something else in the place of its request has told it to everybody. */
    private static boolean encrypted(ServerConnection client, byte[] request, int expected, byte[] salt,
            String password)
            throws IOException {
        if (request.length != 1 || request[0] != expected) {
            return false;
        }
        client.authMore(pem());
        byte[] plain = Scrambles.xor(decrypt(client.read().payload()), salt);
        return Arrays.equals(plain, Scrambles.clear(password));
    }

    /** The public key as servers send it. */
    private static byte[] pem() {
        String body = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(RsaKey.PAIR.getPublic().getEncoded());
        return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] decrypt(byte[] encrypted) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.DECRYPT_MODE, RsaKey.PAIR.getPrivate(), new OAEPParameterSpec("SHA-1", "MGF1",
                    MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT));
            return cipher.doFinal(encrypted);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("not encrypted with this server's key", e);
        }
    }
}
