package dev.myproxy.address;

/** What an address text stands for. */
public sealed interface ParsedAddress {

    /** An address that needs no name service. */
    record Known(Address address) implements ParsedAddress {}

    /**
     * A host name, to be looked up with {@link AddressResolver}.
     *
     * @param host    as written
     * @param service the port as written: a number or the name of a service
     * @param port    the port that this means
     */
    record Named(String host, String service, int port) implements ParsedAddress {}
}
