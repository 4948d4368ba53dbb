package dev.myproxy.proxyheader;

import dev.myproxy.address.Address;

/** What a header says about the connection that it begins. */
public sealed interface ProxyHeader {

    /** Version 2's LOCAL: the sender speaks for itself, as for a health check. */
    record Local() implements ProxyHeader {}

    /** The sender speaks for a client whose address it does not know, or can't express: UNKNOWN or UNSPEC. */
    record Unknown() implements ProxyHeader {}

    /**
     * The sender speaks for a client.
     *
     * @param source      the client's address
     * @param destination where the client connected to; of the same kind as the source
     */
    record Forwarded(Address source, Address destination) implements ProxyHeader {}
}
