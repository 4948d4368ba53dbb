package dev.myproxy.proxyheader;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Version 2.
 *
 * <pre>
 * 12  signature
 * 1   0x20 LOCAL, 0x21 PROXY
 * 1   what the addresses are: 0x11 TCP over IPv4, 0x21 TCP over IPv6, 0x31 Unix stream, 0 none
 * 2   length of what follows, big endian
 *     -- addresses, of the client and of where it connected to
 * 12  IPv4: 4 + 4, then the ports, 2 + 2
 * 36  IPv6: 16 + 16, then the ports, 2 + 2
 * 216 Unix: 108 + 108, padded with NUL; abstract names begin with NUL
 *     -- extensions (TLVs), up to the length, which nobody here reads
 * </pre>
 */
final class BinaryHeader {

    private static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};
    static final int FIXED_BYTES = 16;
    static final int MAX_ADDRESS_BYTES = 216;

    private static final int COMMAND_AT = 12;
    private static final int FAMILY_AT = 13;
    private static final int LENGTH_AT = 14;

    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int NONE = 0;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int UNIX = 0x31;

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int UNIX_BYTES = MAX_ADDRESS_BYTES / 2;
    private static final int PORTS_BYTES = 4;

    private BinaryHeader() {}

    /** Whether a byte may stand where it stands in the signature. */
    static boolean isSigned(int at, byte value) {
        return at >= SIGNATURE.length || SIGNATURE[at] == value;
    }

    /** How many bytes follow the first {@link #FIXED_BYTES}. */
    static int length(ByteBuf header) {
        return header.getUnsignedShort(LENGTH_AT);
    }

    /**
     * How many of the bytes that follow have to be read; the others are extensions.
     *
     * @throws MalformedPacketException if there can be no such header
     */
    static int addressBytes(ByteBuf header) {
        int command = header.getUnsignedByte(COMMAND_AT);
        if (command == LOCAL) {
            return 0;
        }
        if (command != PROXY) {
            throw new MalformedPacketException("PROXY header of an unknown version or command");
        }
        int bytes = switch (header.getUnsignedByte(FAMILY_AT)) {
            case NONE -> 0;
            case TCP4 -> 2 * IPV4_BYTES + PORTS_BYTES;
            case TCP6 -> 2 * IPV6_BYTES + PORTS_BYTES;
            case UNIX -> MAX_ADDRESS_BYTES;
            default -> throw new MalformedPacketException("PROXY header of something else than TCP or a Unix stream");
        };
        if (bytes > length(header)) {
            throw new MalformedPacketException("PROXY header without room for its addresses");
        }
        return bytes;
    }

    /** Reads a header of which the first part and the {@link #addressBytes} are there. */
    static ProxyHeader read(ByteBuf header) {
        if (header.getUnsignedByte(COMMAND_AT) == LOCAL) {
            return new ProxyHeader.Local();
        }
        ByteBuf addresses = header.slice(FIXED_BYTES, addressBytes(header));
        return switch (header.getUnsignedByte(FAMILY_AT)) {
            case TCP4 -> tcp(addresses, IPV4_BYTES);
            case TCP6 -> tcp(addresses, IPV6_BYTES);
            case UNIX -> new ProxyHeader.Forwarded(unix(addresses), unix(addresses));
            default -> new ProxyHeader.Unknown();
        };
    }

    private static ProxyHeader tcp(ByteBuf addresses, int ipBytes) {
        InetAddress source = ip(addresses, ipBytes);
        InetAddress destination = ip(addresses, ipBytes);
        return new ProxyHeader.Forwarded(Address.inet(source, addresses.readUnsignedShort()),
                Address.inet(destination, addresses.readUnsignedShort()));
    }

    private static InetAddress ip(ByteBuf from, int bytes) {
        byte[] ip = new byte[bytes];
        from.readBytes(ip);
        try {
            return InetAddress.getByAddress(ip);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("IP addresses have 4 or 16 bytes", e);
        }
    }

    private static Address unix(ByteBuf from) {
        byte[] path = new byte[UNIX_BYTES];
        from.readBytes(path);
        boolean isAbstract = path[0] == 0;
        int end = UNIX_BYTES;
        while (end > 0 && path[end - 1] == 0) {
            end--;
        }
        String text = new String(path, 0, end, StandardCharsets.UTF_8);
        if (text.chars().skip(1).anyMatch(Character::isISOControl)) {
            throw new MalformedPacketException("PROXY header with control characters in the name of a socket");
        }
        return isAbstract && end > 0 ? new Address.Abstract(text.substring(1)) : new Address.UnixPath(text);
    }

    /** Writes a header without extensions. */
    static void write(ProxyHeader header, ByteBuf to) {
        switch (header) {
            case ProxyHeader.Local() -> write(LOCAL, NONE, Unpooled.EMPTY_BUFFER, to);
            case ProxyHeader.Unknown() -> write(PROXY, NONE, Unpooled.EMPTY_BUFFER, to);
            case ProxyHeader.Forwarded(Address.Inet(var source), Address.Inet(var destination)) ->
                writeTcp(source, destination, to);
            case ProxyHeader.Forwarded(Address source, Address destination) -> write(PROXY, UNIX,
                    Unpooled.wrappedBuffer(unix(source), unix(destination)), to);
        }
    }

    private static void write(int command, int family, ByteBuf addresses, ByteBuf to) {
        to.writeBytes(SIGNATURE).writeByte(command).writeByte(family).writeShort(addresses.readableBytes())
                .writeBytes(addresses);
    }

    private static void writeTcp(InetSocketAddress source, InetSocketAddress destination, ByteBuf to) {
        boolean v6 = source.getAddress() instanceof Inet6Address || destination.getAddress() instanceof Inet6Address;
        ByteBuf addresses = Unpooled.buffer(2 * IPV6_BYTES + PORTS_BYTES);
        addresses.writeBytes(ip(source.getAddress(), v6)).writeBytes(ip(destination.getAddress(), v6));
        addresses.writeShort(source.getPort()).writeShort(destination.getPort());
        write(PROXY, v6 ? TCP6 : TCP4, addresses, to);
    }

    /** An IPv4 address beside an IPv6 one takes its mapped form. */
    private static byte[] ip(InetAddress address, boolean v6) {
        byte[] bytes = address.getAddress();
        if (!v6 || bytes.length == IPV6_BYTES) {
            return bytes;
        }
        byte[] mapped = new byte[IPV6_BYTES];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(bytes, 0, mapped, IPV6_BYTES - IPV4_BYTES, IPV4_BYTES);
        return mapped;
    }

    private static byte[] unix(Address address) {
        String path = switch (address) {
            case Address.UnixPath unix -> unix.path();
            case Address.Abstract named -> "\0" + named.name();
            case Address.Inet _ -> "";
        };
        return Arrays.copyOf(path.getBytes(StandardCharsets.UTF_8), UNIX_BYTES);
    }
}
