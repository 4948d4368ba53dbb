package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    private final byte[] steadyPart;
    private final byte[] tieBreaker;

    public Node(Address address) {
        this.address = address;
        this.steadyPart = steadyPart(address);
        this.tieBreaker = concat(steadyPart, port(address));
    }

    public Address address() {
        return address;
    }

    /** The hash of the node for an account, an unsigned number: the node with the lowest one is the account's. */
    long hash(ByteString account) {
        return hash(steadyPart, account);
    }

    /** What decides between nodes with the same {@link #hash}, which are those that differ in their port alone. */
    long hashWithPort(ByteString account) {
        return hash(tieBreaker, account);
    }

    private static long hash(byte[] prefix, ByteString account) {
        byte[] digest = Blake2b.digest(concat(prefix, account.toByteArray()), DIGEST_BYTES);
        return ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private static byte[] steadyPart(Address address) {
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

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** The text form of the address. */
    @Override
    public String toString() {
        return address.toString();
    }
}
