package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A socket that receives datagrams, over UDP or a Unix socket; not blocking. Its options, and what {@link MessageReader} reads
 * from it, are those that Netty's channels lack.
 */
public final class MessageSocket implements AutoCloseable {

    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;

    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_PASSCRED = 16;
    private static final int SO_BINDTODEVICE = 25;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_MULTICAST_ALL = 29;
    private static final int IP_MULTICAST_ALL = 49;
    private static final int MCAST_JOIN_GROUP = 42;

    /** In a group_req the address of the group stands behind the interface, aligned. */
    private static final int GROUP = 8;

    private static final MethodHandle SOCKET = CLibrary.link("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = CLibrary.link("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SETSOCKOPT = CLibrary.link("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
            ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKNAME = CLibrary.link("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);

    private final int descriptor;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MessageSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    private static MessageSocket create(int family) throws ErrnoException {
        return new MessageSocket((int) CLibrary.call((_, state) -> (int) SOCKET.invokeExact(state, family,
                SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)));
    }

    /**
     * A socket that somebody else has made and bound.
     *
     * @param descriptor does not block; closed with what this gives
     */
    public static MessageSocket adopt(int descriptor) {
        return new MessageSocket(descriptor);
    }

    /** A Unix socket. It asks the kernel who sent each datagram. */
    public static MessageSocket unix() throws ErrnoException {
        return create(SocketAddresses.AF_UNIX).with(SOL_SOCKET, SO_PASSCRED, 1);
    }

    /** A socket for UDP over IPv4. It gets datagrams of those multicast groups only that it joins. */
    public static MessageSocket ipv4() throws ErrnoException {
        return create(SocketAddresses.AF_INET).with(IPPROTO_IP, IP_MULTICAST_ALL, 0);
    }

    /**
     * A socket for UDP over IPv6, and over IPv4 if it is bound to the wildcard address. It gets datagrams of those multicast
     * groups only that it joins.
     */
    public static MessageSocket ipv6() throws ErrnoException {
        return create(SocketAddresses.AF_INET6).with(IPPROTO_IPV6, IPV6_V6ONLY, 0)
                .with(IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0).with(IPPROTO_IP, IP_MULTICAST_ALL, 0);
    }

    private MessageSocket with(int level, int name, int value) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            set(level, name, arena.allocateFrom(JAVA_INT, value));
            return this;
        } catch (ErrnoException e) {
            close();
            throw e;
        }
    }

    private void set(int level, int name, MemorySegment value) throws ErrnoException {
        CLibrary.call((_, state) -> (int) SETSOCKOPT.invokeExact(state, descriptor, level, name, value,
                (int) value.byteSize()));
    }

    /** The number of the descriptor. */
    public int descriptor() {
        return descriptor;
    }

    /** Lets other sockets be bound to the same address if they say so too (SO_REUSEADDR). */
    public void shareAddress() throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            set(SOL_SOCKET, SO_REUSEADDR, arena.allocateFrom(JAVA_INT, 1));
        }
    }

    /** Takes only what arrives at a network interface (SO_BINDTODEVICE). */
    public void bindToDevice(String name) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            set(SOL_SOCKET, SO_BINDTODEVICE, arena.allocateFrom(JAVA_BYTE, name.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /**
     * Joins a multicast group.
     *
     * @param networkInterface index of the interface to join it at; the kernel chooses one if it is 0
     */
    public void join(InetAddress group, int networkInterface) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(GROUP + SocketAddresses.LARGEST, Long.BYTES);
            request.set(JAVA_INT, 0, networkInterface);
            MemorySegment address = SocketAddresses.inet(arena, group, 0);
            MemorySegment.copy(address, 0, request, GROUP, address.byteSize());
            set(group instanceof Inet6Address ? IPPROTO_IPV6 : IPPROTO_IP, MCAST_JOIN_GROUP, request);
        }
    }

    /** Binds it to an IP address and a port. */
    public void bind(InetAddress ip, int port) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            bind(SocketAddresses.inet(arena, ip, port));
        }
    }

    /**
     * Binds it to a path, where it makes a file.
     *
     * @param path 1 to 107 bytes; a name in the abstract namespace begins with NUL
     */
    public void bind(byte[] path) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            bind(SocketAddresses.unix(arena, path));
        }
    }

    private void bind(MemorySegment address) throws ErrnoException {
        CLibrary.call((_, state) -> (int) BIND.invokeExact(state, descriptor, address, (int) address.byteSize()));
    }

    /** The address of an IP socket that is bound. */
    public InetSocketAddress boundTo() throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SocketAddresses.LARGEST, Long.BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_INT, SocketAddresses.LARGEST);
            CLibrary.call((_, state) -> (int) GETSOCKNAME.invokeExact(state, descriptor, address, length));
            return SocketAddresses.readInet(address);
        }
    }

    /** Closes it; a second call does nothing. The file of a Unix socket stays. */
    @Override
    public void close() throws ErrnoException {
        if (closed.compareAndSet(false, true)) {
            PosixFiles.close(descriptor);
        }
    }
}
