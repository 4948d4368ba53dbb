package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A server of a cluster.
 *
 * <p>What it is hashed by is fixed, so that accounts keep their nodes when myproxy replaces another one:
 *
 * <pre>
 * IP address       the 4 or 16 bytes of the address; neither port nor scope
 * Unix path        the path and a NUL byte
 * abstract socket  a NUL byte and the name
 * </pre>
 */
public final class Node {

    private static final int DIGEST_BYTES = 16;

    private final Address address;
    private final byte[] host;
    private final byte[] port;

    public Node(Address address) {
        this.address = address;
        this.host = host(address);
        this.port = port(address);
    }

    public Address address() {
        return address;
    }

    /** A hash that {@link #hash} and {@link #hashWithPort} can use, for one thread. */
    static Blake2b hash() {
        return new Blake2b(DIGEST_BYTES);
    }

    /** The hash of the node for an account, an unsigned number: the node with the lowest one is the account's. */
    long hash(Blake2b hash, byte[] account) {
        hash.begin();
        hash.update(host);
        hash.update(account);
        return hash.first();
    }

    /** What decides between nodes with the same {@link #hash}, which are those that differ in their port alone. */
    long hashWithPort(Blake2b hash, byte[] account) {
        hash.begin();
        hash.update(host);
        hash.update(port);
        hash.update(account);
        return hash.first();
    }

    /** Nodes for which this is equal have the same {@link #hash} for every account. */
    ByteBuffer host() {
        return ByteBuffer.wrap(host).asReadOnlyBuffer();
    }

    private static byte[] host(Address address) {
        return switch (address) {
            case Address.Inet(var socket) -> socket.getAddress().getAddress();
            case Address.UnixPath(var path) -> (path + '\0').getBytes(StandardCharsets.UTF_8);
            case Address.Abstract(var name) -> ('\0' + name).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] port(Address address) {
        return address instanceof Address.Inet(var socket)
                ? new byte[]{(byte) (socket.getPort() >>> 8), (byte) socket.getPort()}
                : new byte[0];
    }

    /** The text form of the address. */
    @Override
    public String toString() {
        return address.toString();
    }
}
