package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.bus.LocalMessage;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.script.Upstream;
import java.util.List;
import java.util.Set;

/** The event-bus addresses of all sessions of the daemon. */
public final class SessionBus {

    /** Takes a {@link Leave}; not answered. */
    public static final String LEAVE = "myproxy.sessions.leave";

    /** Takes a {@link Disconnect}; answers with the number of sessions that it ended, an Integer. */
    public static final String DISCONNECT = "myproxy.sessions.disconnect";

    /** Takes a {@link Kill}; answers with a Boolean: whether there was such a session. */
    public static final String KILL = "myproxy.sessions.kill";

    /** Takes a {@link ListAll}; answers with a {@link Listing}. */
    public static final String LIST = "myproxy.sessions.list";

    /** Takes a {@link Greeted}; not answered. */
    public static final String GREETED = "myproxy.sessions.greeted";

    private SessionBus() {}

    /**
     * Sessions are to leave servers that are not fit any more: they end with an ERR packet that says so.
     *
     * @param upstream which sessions: those that were connected to this one…
     * @param servers  …and are at one of these servers, or on the way to it…
     * @param readOnly …and prefer a read-only server, or don't
     * @param reason   for the log
     */
    public record Leave(Upstream upstream, Set<Address> servers, boolean readOnly, String reason)
            implements
                LocalMessage {}

    /**
     * Ends all sessions of an account, each with an ERR packet that says so.
     *
     * @param account not empty
     */
    public record Disconnect(ByteString account) implements LocalMessage {}

    /**
     * Ends one session, with an ERR packet that says so.
     *
     * @param id its connection id
     */
    public record Kill(long id) implements LocalMessage {}

    /**
     * A server has greeted a health check: sessions will offer their clients what it has.
     *
     * @param upstream that the server is one of
     * @param version  that its greeting named
     * @param offered  what its greeting said
     */
    public record Greeted(Upstream upstream, Address server, ByteString version, Capabilities offered)
            implements
                LocalMessage {}

    /** Asks what sessions there are. */
    public record ListAll() implements LocalMessage {}

    /**
     * All sessions.
     *
     * @param sessions by connection id, the oldest first
     */
    public record Listing(List<SessionSnapshot> sessions) implements LocalMessage {}
}
