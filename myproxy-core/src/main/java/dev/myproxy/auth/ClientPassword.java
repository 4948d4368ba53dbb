package dev.myproxy.auth;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import java.util.Arrays;

/**
 * A password from a client to us as it is: the password and a NUL, or nothing for the empty password. Some clients leave
 * the NUL away. mysql_clear_password sends no more than that, other plugins do so where nobody can listen.
 */
final class ClientPassword {

    /** The name of the plugin that sends just this. */
    static final ByteString PLUGIN = ByteString.of("mysql_clear_password");

    private ClientPassword() {}

    static boolean isTerminated(AuthAnswer answer) {
        return !answer.isEmpty() && answer.bytes()[answer.length() - 1] == 0;
    }

    /** Whether it is the empty password. */
    static boolean isEmpty(AuthAnswer answer) {
        return answer.isEmpty() || (answer.length() == 1 && answer.bytes()[0] == 0);
    }

    /** Takes the password out of an answer, which is wiped. */
    static Secret read(AuthAnswer answer) {
        try {
            int length = isTerminated(answer) ? answer.length() - 1 : answer.length();
            return Secret.wrap(Arrays.copyOf(answer.bytes(), length));
        } finally {
            answer.wipe();
        }
    }
}
