package dev.myproxy.auth;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import java.util.Arrays;
import java.util.Optional;

/**
 * mysql_clear_password from a client to us: the password and a NUL, or nothing for the empty password. Some clients leave
 * the NUL away.
 */
public final class ClientPassword {

    /** The plugin's name on the wire. */
    public static final ByteString PLUGIN = ByteString.of("mysql_clear_password");

    /** What libmariadb names where it does not know the greeting's plugin: it waits for a request to switch. */
    private static final ByteString NONE = ByteString.of("dummy_fallback_auth");

    private ClientPassword() {}

    /**
     * Takes the password out of a client's first answer, which is wiped.
     *
     * @param plugin    that made the answer; empty if the client named none
     * @param canSwitch whether the client can be asked to answer by this plugin. One that names no plugin and sends nothing
     *                  may not have known the greeting's plugin; if it can't be asked it has no password.
     * @return empty if the answer is not a password but another plugin's proof of one, or none at all
     */
    public static Optional<Secret> read(AuthAnswer answer, ByteString plugin, boolean canSwitch) {
        byte[] bytes = answer.bytes();
        boolean named = plugin.equals(PLUGIN);
        boolean terminated = bytes.length > 0 && bytes[bytes.length - 1] == 0;
        boolean empty = bytes.length == 0 && !plugin.equals(NONE) && !(plugin.isEmpty() && canSwitch);
        if (empty || named || (plugin.isEmpty() && terminated)) {
            return Optional.of(read(answer));
        }
        answer.wipe();
        return Optional.empty();
    }

    /** Takes the password out of an answer that the plugin made, which is wiped. */
    public static Secret read(AuthAnswer answer) {
        byte[] bytes = answer.bytes();
        try {
            boolean terminated = bytes.length > 0 && bytes[bytes.length - 1] == 0;
            return Secret.wrap(Arrays.copyOf(bytes, terminated ? bytes.length - 1 : bytes.length));
        } finally {
            answer.wipe();
        }
    }
}
