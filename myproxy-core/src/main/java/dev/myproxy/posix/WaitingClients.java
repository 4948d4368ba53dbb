package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Clients in the backlog of a listening stream socket, when there is no descriptor to make channels of them. */
public final class WaitingClients {

    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SHUT_WR = 1;

    /** What a client may have sent already; if it is not read, the system may drop what the client is told. */
    private static final int UNREAD_BYTES = 4096;

    /** No descriptor; poll(2) ignores it. */
    private static final int NOWHERE = -1;

    private static final MethodHandle ACCEPT = CLibrary.link("accept4", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle SEND = CLibrary.link("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECV = CLibrary.link("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SHUTDOWN = CLibrary.link("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);

    private WaitingClients() {}

    /** Does once, in vain, what the others do: there may be no descriptor to load classes with later. */
    public static void rehearse() {
        try {
            PosixSockets.hasInput(NOWHERE);
            dismiss(NOWHERE, new byte[1]);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EBADF) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Whether there is a client. Does not block. */
    public static boolean isThereOne(int listener) throws ErrnoException {
        return PosixSockets.hasInput(listener);
    }

    /**
     * Accepts the first client, tells it something, and closes the connection. Blocks if there is none and the listening socket
     * blocks.
     *
     * @param words one small packet
     * @throws ErrnoException if nobody could be accepted: EMFILE, EAGAIN and others
     */
    public static void dismiss(int listener, byte[] words) throws ErrnoException {
        int client = (int) CLibrary.call((_, state) -> (int) ACCEPT.invokeExact(state, listener, MemorySegment.NULL,
                MemorySegment.NULL, SOCK_NONBLOCK | SOCK_CLOEXEC));
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment text = memory.allocateFrom(JAVA_BYTE, words);
            CLibrary.call((_, state) -> (long) SEND.invokeExact(state, client, text, text.byteSize(), MSG_NOSIGNAL));
            CLibrary.call((_, state) -> (int) SHUTDOWN.invokeExact(state, client, SHUT_WR));
            MemorySegment unread = memory.allocate(UNREAD_BYTES);
            CLibrary.call((_, state) -> (long) RECV.invokeExact(state, client, unread, (long) UNREAD_BYTES,
                    MSG_DONTWAIT));
        } catch (ErrnoException _) {
            // The client has nothing to say, which is EAGAIN, or is gone.
        } finally {
            PosixFiles.close(client);
        }
    }
}
