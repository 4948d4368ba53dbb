package dev.myproxy.auth;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.AuthSwitchRequest;
import dev.myproxy.protocol.ByteString;
import java.util.function.Supplier;

/**
 * Asks a client to prove by mysql_native_password that it knows its password. The proof of a client that came with that
 * plugin is taken as it is.
 */
public final class NativeRequest implements ClientAuth {

    /** The plugin that greetings name where no password is to be told. */
    public static final ByteString PLUGIN = NativePassword.NAME;

    private final ClientAnswer first;
    private final Supplier<ByteString> salts;
    private ByteString salt;

    /**
     * @param first the client's answer to the greeting, or in COM_CHANGE_USER
     * @param salts gives salts that have not been used
     */
    public NativeRequest(ClientAnswer first, Supplier<ByteString> salts) {
        this.first = first;
        this.salts = salts;
        this.salt = first.salt();
    }

    @Override
    public ClientStep begin() {
        boolean named = first.plugin().equals(NativePassword.NAME);
        boolean old = first.plugin().isEmpty() && !first.canSwitch();
        if (old || (named && first.bytes().length() == NativePassword.ANSWER_BYTES)) {
            return next(first.bytes());
        }
        if (!first.canSwitch()) {
            return new ClientStep.Refuse(ClientStep.Reason.UNSUPPORTED);
        }
        salt = salts.get();
        return new ClientStep.Switch(new AuthSwitchRequest(NativePassword.NAME, Scramble.terminated(salt)));
    }

    @Override
    public ClientStep next(AuthAnswer packet) {
        return new ClientStep.Proof(new NativeProof(packet, salt));
    }
}
