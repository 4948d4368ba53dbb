package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/** Socket options and kinds of socket that Netty's channels do not have. */
public final class PosixSockets {

    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERPIDFD = 77;
    private static final int SOCK_SEQPACKET = 5;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;

    private static final MethodHandle GETSOCKOPT = CLibrary.link("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
            ADDRESS, ADDRESS);
    private static final MethodHandle SOCKET = CLibrary.link("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CONNECT = CLibrary.link("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);

    private PosixSockets() {}

    /** Links the functions, if that has not happened yet, so that later calls are short. */
    public static void link() {
        // the work was done by the initialisation of this class
    }

    /**
     * The process at the other end of a connected Unix socket as a pidfd (SO_PEERPIDFD), which the caller closes. Does not
     * block.
     *
     * @param socket a descriptor that nobody closes meanwhile
     * @return empty if the kernel is older than Linux 6.5
     * @throws ErrnoException ESRCH, or EINVAL on older kernels, if the process has ended and was waited for
     */
    public static OptionalInt peerPidfd(int socket) throws ErrnoException {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment value = memory.allocate(JAVA_INT);
            MemorySegment length = memory.allocateFrom(JAVA_INT, (int) JAVA_INT.byteSize());
            CLibrary.call((_, state) -> (int) GETSOCKOPT.invokeExact(state, socket, SOL_SOCKET, SO_PEERPIDFD, value,
                    length));
            return OptionalInt.of(value.get(JAVA_INT, 0));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOPROTOOPT) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }

    /**
     * A Unix socket that keeps the limits of messages, connected, not blocking. Does not block either.
     *
     * @param path of the other socket, at most 108 bytes; one in the abstract namespace begins with NUL
     * @return the descriptor, which the caller closes
     * @throws ErrnoException EAGAIN if the other side's queue of connections is full
     */
    public static int connectSeqpacket(byte[] path) throws ErrnoException {
        int socket = (int) CLibrary.call((_, state) -> (int) SOCKET.invokeExact(state, SocketAddresses.AF_UNIX,
                SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        try {
            CLibrary.call((arena, state) -> {
                MemorySegment address = SocketAddresses.unix(arena, path);
                return (int) CONNECT.invokeExact(state, socket, address, (int) address.byteSize());
            });
            return socket;
        } catch (ErrnoException | RuntimeException e) {
            PosixFiles.close(socket);
            throw e;
        }
    }
}
