package dev.myproxy.auth;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.AuthSwitchRequest;
import dev.myproxy.protocol.ByteString;
import java.util.function.Supplier;

/**
 * Asks a client for its password: by the full authentication of caching_sha2_password or sha256_password, in clear where
 * nobody can listen and encrypted elsewhere; or by mysql_clear_password, if the client comes with that.
 *
 * <p>Clients that come with something else are asked for caching_sha2_password, whatever they name. That goes for libmariadb's
 * {@code dummy_fallback_auth}, too: it says that the plugin of the greeting could not be loaded, which happens to threads that
 * load it at the same time, and is over when it is asked for again. Any other plugin could fail in the same way.
 */
public final class PasswordRequest implements ClientAuth {

    /** The plugin that greetings name where passwords are told. */
    public static final ByteString PLUGIN = CachingSha2Password.NAME;

    private static final byte SHA256_REQUEST_KEY = 1;
    private static final byte SHA2_REQUEST_KEY = 2;
    private static final ByteString FULL_AUTHENTICATION = ByteString.copyOf(new byte[]{4});

    /** What the client's next packet is. */
    private enum Expected {
        SHA2_SCRAMBLE, SHA2_PASSWORD, SHA256_PASSWORD, ENCRYPTED
    }

    private final ClientAnswer first;
    private final Safety safety;
    private final boolean clearAllowed;
    private final Supplier<ByteString> salts;
    private final boolean prefersSha256;
    private ByteString salt;
    private Expected expected = Expected.SHA2_SCRAMBLE;

    /**
     * @param first          the client's answer to the greeting, or in COM_CHANGE_USER
     * @param safety         of the connection
     * @param allowCleartext whether the listener takes passwords in clear where others can listen
     * @param salts          gives salts that have not been used
     * @param withoutOaep    whether what the client encrypts for caching_sha2_password is not padded as it should be, and it is
     *                       to be asked for sha256_password instead where it would encrypt
     */
    public PasswordRequest(ClientAnswer first, Safety safety, boolean allowCleartext, Supplier<ByteString> salts,
            boolean withoutOaep) {
        this.first = first;
        this.safety = safety;
        this.clearAllowed = safety.isSecureTransport() || allowCleartext;
        this.salts = salts;
        this.prefersSha256 = withoutOaep && !safety.isSecureTransport() && first.canSwitch();
        this.salt = first.salt();
    }

    @Override
    public ClientStep begin() {
        AuthAnswer answer = first.bytes();
        if (first.plugin().equals(ClientPassword.PLUGIN)) {
            return inClear(answer);
        }
        if (first.plugin().equals(PLUGIN) && (first.knowsSalt() || !answer.isEmpty())) {
            return scrambled(answer);
        }
        if (first.plugin().equals(Sha256Password.NAME)) {
            return answer.isEmpty()
                    ? switchTo(Sha256Password.NAME, Expected.SHA256_PASSWORD)
                    : full(answer, SHA256_REQUEST_KEY);
        }
        if (first.plugin().isEmpty()) {
            return unnamed(answer);
        }
        answer.wipe();
        if (!first.canSwitch()) {
            return new ClientStep.Refuse(ClientStep.Reason.UNSUPPORTED);
        }
        return switchToPreferred();
    }

    private ClientStep switchToPreferred() {
        return prefersSha256
                ? switchTo(Sha256Password.NAME, Expected.SHA256_PASSWORD)
                : switchTo(PLUGIN, Expected.SHA2_SCRAMBLE);
    }

    /** Of clients that name no plugin some were made to send their password in clear, which ends with a NUL. */
    private ClientStep unnamed(AuthAnswer answer) {
        if (clearAllowed && ClientPassword.isTerminated(answer)) {
            return inClear(answer);
        }
        if (!first.canSwitch() && answer.isEmpty()) {
            return new ClientStep.Password(Secret.empty());
        }
        answer.wipe();
        return first.canSwitch()
                ? switchToPreferred()
                : new ClientStep.Refuse(ClientStep.Reason.UNSUPPORTED);
    }

    @Override
    public ClientStep next(AuthAnswer packet) {
        return switch (expected) {
            case SHA2_SCRAMBLE -> scrambled(packet);
            case SHA2_PASSWORD -> full(packet, SHA2_REQUEST_KEY);
            case SHA256_PASSWORD -> full(packet, SHA256_REQUEST_KEY);
            case ENCRYPTED -> new ClientStep.Decrypt(packet, salt);
        };
    }

    private ClientStep switchTo(ByteString plugin, Expected answer) {
        salt = salts.get();
        expected = answer;
        return new ClientStep.Switch(new AuthSwitchRequest(plugin, Scramble.terminated(salt)));
    }

    private ClientStep inClear(AuthAnswer answer) {
        if (clearAllowed) {
            return new ClientStep.Password(ClientPassword.read(answer));
        }
        answer.wipe();
        return new ClientStep.Refuse(ClientStep.Reason.CLEARTEXT);
    }

    /** A scramble proves nothing to us, except that there is no password. */
    private ClientStep scrambled(AuthAnswer answer) {
        boolean none = ClientPassword.isEmpty(answer);
        answer.wipe();
        if (none) {
            return new ClientStep.Password(Secret.empty());
        }
        if (prefersSha256) {
            return switchToPreferred();
        }
        expected = Expected.SHA2_PASSWORD;
        return new ClientStep.More(FULL_AUTHENTICATION);
    }

    /** What has neither a key's length nor came where nobody can listen was sent in clear. */
    private ClientStep full(AuthAnswer answer, byte requestKey) {
        if (ClientPassword.isEmpty(answer)) {
            return new ClientStep.Password(Secret.empty());
        }
        if (answer.length() == 1 && answer.bytes()[0] == requestKey) {
            expected = Expected.ENCRYPTED;
            return new ClientStep.SendKey();
        }
        return safety.isSecureTransport() || answer.length() < RsaKey.MIN_MESSAGE_BYTES
                ? inClear(answer)
                : new ClientStep.Decrypt(answer, salt);
    }
}
