package dev.myproxy.listen;

/** Whom a listener hands its clients to, when others may take the place later. */
@FunctionalInterface
public interface ClientHost {

    /**
     * Takes a client, on the event loop of its channel.
     *
     * @return false if the time of this host is over, so that the client belongs to the next one
     */
    boolean take(AcceptedClient client);
}
