package dev.myproxy.auth;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;

/**
 * What a client said of itself before it was asked.
 *
 * @param plugin    that made the answer; empty if the client named none
 * @param bytes     the answer, wiped by whoever uses it
 * @param salt      that the client was given last
 * @param canSwitch whether the client can be asked for another plugin
 * @param knowsSalt whether the client has been given a salt for this plugin just before: in COM_CHANGE_USER, and if the
 *                  greeting names another plugin, some say nothing, to be given one
 */
public record ClientAnswer(ByteString plugin, AuthAnswer bytes, ByteString salt, boolean canSwitch,
        boolean knowsSalt) {

    /** The same client when it has answered by mysql_native_password. */
    public ClientAnswer afterNative() {
        return new ClientAnswer(NativePassword.NAME, bytes, salt, canSwitch, true);
    }

    /** Whether the client waits to be asked by its plugin, and takes no OK before. */
    public boolean awaitsQuestion() {
        return plugin.equals(CachingSha2Password.NAME) && !knowsSalt && canSwitch && bytes.isEmpty();
    }

    /** Whether the client, while it is asked nothing else, waits to hear whether its answer was enough. */
    public boolean awaitsVerdict() {
        return plugin.equals(CachingSha2Password.NAME) && !ClientPassword.isEmpty(bytes);
    }
}
