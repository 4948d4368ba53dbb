package dev.myproxy.cluster;

/** Nothing is known about the nodes of a cluster, for too long. The message is for the client. */
public final class NotReadyException extends Exception {

    private static final long serialVersionUID = 1;

    NotReadyException(String message) {
        super(message, null, false, false);
    }
}
