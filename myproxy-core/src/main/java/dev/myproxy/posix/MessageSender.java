package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;

/**
 * Sends datagrams to Unix sockets, and files along with them. Not thread-safe.
 *
 * <p>While the receiver has no room, a call waits for a limited time if it is asked to, which is not for event loops, and then
 * fails with EAGAIN.
 *
 * <pre>
 * msghdr    8 name, 4 its length, 4 -, 8 iovec, 8 number of them, 8 control, 8 its length, 4 flags, 4 -
 * control   8 length, 4 level, 4 type, then 4 descriptor, 4 -
 * </pre>
 */
public final class MessageSender implements AutoCloseable {

    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDTIMEO = 21;
    private static final int SCM_RIGHTS = 1;

    private static final int MESSAGE_HEADER = 56;
    private static final int CONTROL_USED = 20;
    private static final int CONTROL_SIZE = 24;

    private static final MethodHandle SOCKET = CLibrary.link("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SETSOCKOPT = CLibrary.link("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
            ADDRESS, JAVA_INT);
    private static final MethodHandle SENDTO = CLibrary.link("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG,
            JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SENDMSG = CLibrary.link("sendmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);

    private final int descriptor;

    private MessageSender(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * A socket of its own, without a name.
     *
     * @param patience how long a call waits for room that is asked to; more than a microsecond
     */
    public static MessageSender open(Duration patience) throws ErrnoException {
        MessageSender sender = new MessageSender((int) CLibrary.call((_, state) -> (int) SOCKET.invokeExact(state,
                SocketAddresses.AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)));
        try {
            sender.limit(patience);
            return sender;
        } catch (ErrnoException e) {
            sender.close();
            throw e;
        }
    }

    private void limit(Duration patience) throws ErrnoException {
        CLibrary.call((arena, state) -> {
            MemorySegment time = arena.allocateFrom(JAVA_LONG, patience.toSeconds(), patience.toNanosPart() / 1000);
            return (int) SETSOCKOPT.invokeExact(state, descriptor, SOL_SOCKET, SO_SNDTIMEO, time,
                    (int) time.byteSize());
        });
    }

    /**
     * Sends a datagram.
     *
     * @param path of the receiver, 1 to 107 bytes; a name in the abstract namespace begins with NUL
     * @param wait for room; otherwise it fails at once if there is none
     * @throws ErrnoException EMSGSIZE or ENOBUFS if it is too large; EAGAIN if there is no room
     */
    public void send(byte[] path, byte[] datagram, boolean wait) throws ErrnoException {
        repeat((arena, state) -> {
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, datagram);
            MemorySegment to = SocketAddresses.unix(arena, path);
            return (long) SENDTO.invokeExact(state, descriptor, bytes, bytes.byteSize(), flags(wait), to,
                    (int) to.byteSize());
        });
    }

    /**
     * Sends an open file, and no byte besides.
     *
     * @param path as for {@link #send}, which {@code wait} is, too
     * @param file stays open here
     */
    public void sendFile(byte[] path, int file, boolean wait) throws ErrnoException {
        repeat((arena, state) -> {
            MemorySegment to = SocketAddresses.unix(arena, path);
            MemorySegment control = arena.allocate(CONTROL_SIZE, Long.BYTES);
            control.set(JAVA_LONG, 0, CONTROL_USED);
            control.set(JAVA_INT, 8, SOL_SOCKET);
            control.set(JAVA_INT, 12, SCM_RIGHTS);
            control.set(JAVA_INT, 16, file);
            MemorySegment header = arena.allocate(MESSAGE_HEADER, Long.BYTES);
            header.set(ADDRESS, 0, to);
            header.set(JAVA_INT, 8, (int) to.byteSize());
            header.set(ADDRESS, 32, control);
            header.set(JAVA_LONG, 40, CONTROL_SIZE);
            return (long) SENDMSG.invokeExact(state, descriptor, header, flags(wait));
        });
    }

    private static int flags(boolean wait) {
        return wait ? MSG_NOSIGNAL : MSG_NOSIGNAL | MSG_DONTWAIT;
    }

    /** A signal may interrupt a call that waits. */
    private static void repeat(CLibrary.Call call) throws ErrnoException {
        while (true) {
            try {
                CLibrary.call(call);
                return;
            } catch (ErrnoException e) {
                if (e.errno() != Errno.EINTR) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() throws ErrnoException {
        PosixFiles.close(descriptor);
    }
}
