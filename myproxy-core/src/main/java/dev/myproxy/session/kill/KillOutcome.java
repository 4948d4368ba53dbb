package dev.myproxy.session.kill;

import java.util.Locale;

/** What became of a KILL with an id of ours. The lower-case name is the label in metrics. */
public enum KillOutcome {
    /** It went to the killer's own server, with the server's id. */
    SAME_SERVER,
    /** Another server was logged in to, and took it or refused it. */
    OTHER_SERVER,
    /** The session was at no server. */
    NO_SERVER,
    /** There is no session with this id: it went to the server as it was. */
    UNKNOWN,
    /** The session is another owner's. */
    NOT_OWNER,
    /** The other server could not be logged in to. */
    FAILED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in metrics. */
    public String label() {
        return label;
    }
}
