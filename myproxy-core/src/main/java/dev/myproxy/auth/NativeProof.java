package dev.myproxy.auth;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A client's answer to a salt by mysql_native_password: {@code SHA1(password) XOR SHA1(salt ‖ SHA1(SHA1(password)))}. Who
 * knows SHA1(SHA1(password)), which is what servers store, gets SHA1(password) out of it, and so can check it.
 */
public final class NativeProof {

    private final AuthAnswer answer;
    private final ByteString salt;

    NativeProof(AuthAnswer answer, ByteString salt) {
        this.answer = answer;
        this.salt = salt;
    }

    /**
     * Checks the answer.
     *
     * @return SHA1(password), if the password is the one of the hash
     */
    public Optional<Secret> check(StoredPassword.Native stored) {
        if (answer.length() != NativePassword.ANSWER_BYTES) {
            return Optional.empty();
        }
        byte[] hash = answer.bytes().clone();
        Scramble.xor(hash, Scramble.digest(NativePassword.SHA1, salt.toByteArray(), stored.bytes()));
        if (MessageDigest.isEqual(Scramble.digest(NativePassword.SHA1, hash), stored.bytes())) {
            return Optional.of(Secret.wrap(hash));
        }
        Arrays.fill(hash, (byte) 0);
        return Optional.empty();
    }

    /**
     * What shows the client that nobody has put a certificate of his own in the place of ours: only who knows the hash of its
     * password can make it. Clients of MariaDB look for it in the text of the OK that ends a login.
     *
     * <pre>
     * 1   01
     * 64  SHA256(SHA1(SHA1(password)) ‖ salt ‖ fingerprint) in upper-case hexadecimal digits
     * </pre>
     *
     * <a href="https://mariadb.org/mission-impossible-zero-configuration-ssl/">Zero-configuration SSL</a>
     *
     * @param stored      for which {@link #check} was successful
     * @param fingerprint SHA256 of the certificate that the client was shown
     */
    public ByteString seal(StoredPassword.Native stored, byte[] fingerprint) {
        byte[] digest = Scramble.digest("SHA-256", stored.bytes(), salt.toByteArray(), fingerprint);
        return ByteString.of("\u0001" + HexFormat.of().withUpperCase().formatHex(digest));
    }

    /** Wipes the answer. */
    public void clear() {
        answer.wipe();
    }

    @Override
    public String toString() {
        return "***";
    }
}
