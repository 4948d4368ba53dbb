package dev.myproxy.cluster.check;

import dev.myproxy.cluster.NodeState;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.ErrPacket;
import java.util.Set;

/** What it means that a server refuses a connection or a login. */
final class Refusals {

    /** Too many connections in all, of this user, or in this hour: <a href="https://mariadb.com/kb/en/mariadb-error-codes/">codes</a>. */
    private static final Set<Integer> TOO_MANY = Set.of(1040, 1203, 1226);

    /** Errors of a server that refuses everybody, whoever logs in: it shuts down, is offline, or has no resources. */
    private static final Set<Integer> NOBODY = Set.of(1041, 1053, 1129, 1130, 1135, 3032);

    /** SQLSTATEs of broken connections, among them those of a node that is outside its cluster. */
    private static final String CONNECTION_EXCEPTION = "08";

    private Refusals() {}

    /**
     * @param greeted  whether the server had greeted before
     * @param loggedIn whether the login was one that should have been accepted
     */
    static Finding judge(boolean greeted, boolean loggedIn, ErrPacket error) {
        String text = Texts.line(error.message());
        if (TOO_MANY.contains(error.code())) {
            return Finding.of(NodeState.OVERLOADED, "overloaded: " + text);
        }
        if (!greeted || (loggedIn && refusesEverybody(error))) {
            return Finding.dead("Connection rejected by server: " + text);
        }
        return loggedIn ? Finding.of(NodeState.AUTH_FAILED, "Authentication error: " + text) : Finding.OK;
    }

    private static boolean refusesEverybody(ErrPacket error) {
        return NOBODY.contains(error.code())
                || error.sqlState().map(ByteString::utf8).orElse("").startsWith(CONNECTION_EXCEPTION);
    }
}
