package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.netty.channel.unix.DomainSocketAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the kernel knows of a socket that somebody else has made.
 *
 * @param stream      whether it is a stream socket
 * @param datagram    whether it is a datagram socket
 * @param listening   whether it listens (SO_ACCEPTCONN)
 * @param credentials whether it tells who sends datagrams (SO_PASSCRED)
 * @param address     where it is bound: Internet, or Unix with NUL before abstract names; empty for other families, and for
 *                    Unix sockets without a name
 */
public record SocketFacts(boolean stream, boolean datagram, boolean listening, boolean credentials,
        Optional<SocketAddress> address) {

    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SO_PASSCRED = 16;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;

    private static final MethodHandle GETSOCKOPT = CLibrary.link("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
            ADDRESS, ADDRESS);
    private static final MethodHandle GETSOCKNAME = CLibrary.link("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);

    /**
     * Looks at a descriptor. Does not block.
     *
     * @return empty if it is no socket, or not open
     */
    public static Optional<SocketFacts> of(int descriptor) throws ErrnoException {
        try {
            int type = option(descriptor, SO_TYPE);
            return Optional.of(new SocketFacts(type == SOCK_STREAM, type == SOCK_DGRAM,
                    option(descriptor, SO_ACCEPTCONN) != 0, passesCredentials(descriptor), address(descriptor)));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOTSOCK || e.errno() == Errno.EBADF) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Kernels older than Linux 6.16 have this option for Unix sockets, and ignore it for others. */
    private static boolean passesCredentials(int descriptor) throws ErrnoException {
        try {
            return option(descriptor, SO_PASSCRED) != 0;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EOPNOTSUPP) {
                return false;
            }
            throw e;
        }
    }

    private static int option(int descriptor, int name) throws ErrnoException {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment value = memory.allocate(JAVA_INT);
            MemorySegment length = memory.allocateFrom(JAVA_INT, (int) JAVA_INT.byteSize());
            CLibrary.call((_, state) -> (int) GETSOCKOPT.invokeExact(state, descriptor, SOL_SOCKET, name, value,
                    length));
            return value.get(JAVA_INT, 0);
        }
    }

    private static Optional<SocketAddress> address(int descriptor) throws ErrnoException {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment address = memory.allocate(SocketAddresses.LARGEST, Long.BYTES);
            MemorySegment length = memory.allocateFrom(JAVA_INT, SocketAddresses.LARGEST);
            CLibrary.call((_, state) -> (int) GETSOCKNAME.invokeExact(state, descriptor, address, length));
            return switch (SocketAddresses.family(address)) {
                case SocketAddresses.AF_INET, SocketAddresses.AF_INET6 ->
                    Optional.of(SocketAddresses.readInet(address));
                case SocketAddresses.AF_UNIX -> unix(address, length.get(JAVA_INT, 0));
                default -> Optional.empty();
            };
        }
    }

    /** Paths end with NUL, which counts or does not; abstract names are as long as the kernel says. */
    private static Optional<SocketAddress> unix(MemorySegment address, int length) {
        byte[] path = address.asSlice(2, Math.max(0, length - 2)).toArray(JAVA_BYTE);
        if (path.length == 0) {
            return Optional.empty();
        }
        int end = 1;
        while (end < path.length && (path[0] == 0 || path[end] != 0)) {
            end++;
        }
        return Optional.of(new DomainSocketAddress(new String(path, 0, end, StandardCharsets.UTF_8)));
    }
}
