package dev.myproxy.cluster;

/** A server could not be asked, for a reason that lies with this host: nothing is known of the server. The message is one line. */
public final class NotCheckedException extends Exception {

    private static final long serialVersionUID = 1;

    /** @param message what this host lacks */
    public NotCheckedException(String message) {
        super(message, null, false, false);
    }
}
