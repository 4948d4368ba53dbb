package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

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

    private static final MethodHandle IOCTL = CLibrary.linkVariadic("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final long SIOCOUTQ = 0x5411;

    private static final MethodHandle POLL = CLibrary.link("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

    private static final short POLLIN = 0x1;
    private static final short POLLOUT = 0x4;
    private static final short POLLERR = 0x8;
    private static final short POLLHUP = 0x10;

    /** Layout of {@code struct pollfd}: the descriptor, events asked for, events found. */
    private static final int POLLFD_BYTES = 8;
    private static final int EVENTS_AT = 4;
    private static final int REVENTS_AT = 6;

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
     * Whether nothing can be sent to the peer of a connected socket any more, for certain: it has reset the connection, or, if it
     * is a Unix socket, closed it. Does not block.
     *
     * @param socket a descriptor that nobody closes meanwhile
     */
    public static boolean isBroken(int socket) throws ErrnoException {
        return (poll(socket, (short) 0) & (POLLERR | POLLHUP)) != 0;
    }

    /**
     * Whether a connected socket takes some more data now, or fails to. Does not block.
     *
     * @param socket a descriptor that nobody closes meanwhile
     */
    public static boolean hasRoom(int socket) throws ErrnoException {
        return poll(socket, POLLOUT) != 0;
    }

    /** Whether there is something to read from a socket, or to accept, or an error to hear of. Does not block. */
    static boolean hasInput(int socket) throws ErrnoException {
        return poll(socket, POLLIN) != 0;
    }

    /**
     * How much of what was written to a connected socket its peer has not taken yet (SIOCOUTQ): for TCP the bytes that are not
     * acknowledged, for Unix sockets the memory of what is not read. Does not block.
     *
     * @param socket a descriptor that nobody closes meanwhile
     */
    public static int queuedBytes(int socket) throws ErrnoException {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment bytes = memory.allocate(JAVA_INT);
            CLibrary.call((_, state) -> (int) IOCTL.invokeExact(state, socket, SIOCOUTQ, bytes));
            return bytes.get(JAVA_INT, 0);
        }
    }

    private static int poll(int descriptor, short events) throws ErrnoException {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment poll = memory.allocate(POLLFD_BYTES, JAVA_INT.byteAlignment());
            poll.set(JAVA_INT, 0, descriptor);
            poll.set(JAVA_SHORT, EVENTS_AT, events);
            CLibrary.call((_, state) -> (int) POLL.invokeExact(state, poll, 1L, 0));
            return poll.get(JAVA_SHORT, REVENTS_AT);
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
