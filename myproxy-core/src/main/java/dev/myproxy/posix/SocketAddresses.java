package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/**
 * Socket addresses in the C library's forms. The family takes the first two bytes of each; ports are big-endian.
 *
 * <pre>
 * sockaddr_un    2 family, then the path; NUL after it unless it is abstract, which begins with NUL
 * sockaddr_in    2 family, 2 port, 4 address, 8 zeroes
 * sockaddr_in6   2 family, 2 port, 4 flow, 16 address, 4 scope
 * </pre>
 */
final class SocketAddresses {

    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    /** Room for each of them. */
    static final int LARGEST = 128;

    private static final int ALIGNMENT = 8;
    private static final int SIZE_IN = 16;
    private static final int SIZE_IN6 = 28;
    private static final int PORT = 2;
    private static final int ADDRESS_IN = 4;
    private static final int ADDRESS_IN6 = 8;
    private static final int SCOPE = 24;
    private static final ValueLayout.OfShort BIG_ENDIAN = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private SocketAddresses() {}

    /** A Unix socket's. */
    static MemorySegment unix(Arena arena, byte[] path) {
        long size = 2L + path.length + (path[0] == 0 ? 0 : 1);
        MemorySegment address = arena.allocate(size, ALIGNMENT);
        address.set(JAVA_SHORT_UNALIGNED, 0, (short) AF_UNIX);
        MemorySegment.copy(path, 0, address, JAVA_BYTE, 2, path.length);
        return address;
    }

    /** An IP address and a port, in the form of a family; IPv4 addresses have none in that of IPv6. */
    static MemorySegment inet(Arena arena, InetAddress ip, int port) {
        byte[] bytes = ip.getAddress();
        boolean v6 = ip instanceof Inet6Address;
        MemorySegment address = arena.allocate(v6 ? SIZE_IN6 : SIZE_IN, ALIGNMENT);
        address.set(JAVA_SHORT_UNALIGNED, 0, (short) (v6 ? AF_INET6 : AF_INET));
        address.set(BIG_ENDIAN, PORT, (short) port);
        MemorySegment.copy(bytes, 0, address, JAVA_BYTE, v6 ? ADDRESS_IN6 : ADDRESS_IN, bytes.length);
        if (ip instanceof Inet6Address scoped) {
            address.set(JAVA_INT_UNALIGNED, SCOPE, scoped.getScopeId());
        }
        return address;
    }

    /** The family of what the kernel wrote. */
    static int family(MemorySegment address) {
        return address.get(JAVA_SHORT_UNALIGNED, 0);
    }

    /** Reads an IP address, without scope; an IPv4 address in its IPv6 form becomes a plain one. */
    static InetSocketAddress readInet(MemorySegment address) {
        boolean v6 = family(address) == AF_INET6;
        byte[] ip = address.asSlice(v6 ? ADDRESS_IN6 : ADDRESS_IN, v6 ? 16 : 4).toArray(JAVA_BYTE);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip),
                    Short.toUnsignedInt(address.get(BIG_ENDIAN, PORT)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes", e);
        }
    }
}
