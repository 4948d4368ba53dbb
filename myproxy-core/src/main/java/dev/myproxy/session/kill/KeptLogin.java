package dev.myproxy.session.kill;

import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ServerLink;
import java.util.Optional;

/**
 * What a session has logged in with: a copy of its secrets, which whoever made it wipes.
 *
 * @param credentials without a default database, which other servers may lack
 * @param options     how the script wants servers to be connected to
 * @param link        how connections to the servers begin
 * @param charset     16 bit collation id that the client chose
 */
public record KeptLogin(Credentials credentials, ConnectOptions options, ServerLink link, int charset) {

    /** A copy of what is about to be wiped. */
    public static KeptLogin copyOf(Decision.Connect decision, int charset) {
        return new KeptLogin(copy(decision.credentials()), decision.options(), decision.link(), charset);
    }

    /** A copy that outlives this one. */
    public KeptLogin copy() {
        return new KeptLogin(copy(credentials), options, link, charset);
    }

    private static Credentials copy(Credentials from) {
        Optional<Secret> sha1 = from.passwordSha1().map(hash -> Secret.wrap(hash.copy()));
        return new Credentials(from.user(), Secret.wrap(from.password().copy()), sha1, ByteString.EMPTY);
    }

    /** Wipes the secrets. */
    public void clear() {
        credentials.clear();
    }
}
