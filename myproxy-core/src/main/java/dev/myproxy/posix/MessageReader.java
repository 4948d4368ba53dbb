package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Reads datagrams and who sent them, with recvmsg(2). Not thread-safe.
 *
 * <pre>
 * msghdr    8 name, 4 its length, 4 -, 8 iovec, 8 number of them, 8 control, 8 its length, 4 flags, 4 -
 * iovec     8 bytes, 8 length
 * control   8 length, 4 level, 4 type, then 4 pid, 4 uid, 4 gid, 4 -
 * </pre>
 *
 * <p>There is room for the sender's credentials and nothing else, so the kernel drops descriptors that somebody sends along.
 */
public final class MessageReader {

    private static final int NAME_LENGTH = 8;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;

    private static final int CREDENTIALS = 16;
    private static final int CONTROL_SIZE = 32;
    private static final int CMSG_LEVEL = 8;
    private static final int CMSG_TYPE = 12;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_CREDENTIALS = 2;
    private static final int NOBODY_KNOWS = -1;

    private static final MethodHandle RECVMSG = CLibrary.link("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);

    private final MemorySegment bytes;
    private final MemorySegment name;
    private final MemorySegment control;
    private final MemorySegment header;

    /**
     * @param largest the most bytes that are read of a datagram; what is behind them is lost
     */
    public MessageReader(int largest) {
        Arena arena = Arena.ofAuto();
        bytes = arena.allocate(largest, Long.BYTES);
        name = arena.allocate(SocketAddresses.LARGEST, Long.BYTES);
        control = arena.allocate(CONTROL_SIZE, Long.BYTES);
        MemorySegment vector = arena.allocate(ADDRESS, 2);
        vector.setAtIndex(ADDRESS, 0, bytes);
        vector.setAtIndex(JAVA_LONG, 1, largest);
        header = arena.allocate(56, Long.BYTES);
        header.set(ADDRESS, 0, name);
        header.set(ADDRESS, 16, vector);
        header.set(JAVA_LONG, 24, 1);
        header.set(ADDRESS, 32, control);
    }

    /**
     * Reads one datagram. Does not block.
     *
     * @return false if there is none now
     */
    public boolean read(MessageSocket socket, MessageReceiver receiver) throws ErrnoException {
        int descriptor = socket.descriptor();
        name.fill((byte) 0);
        control.fill((byte) 0);
        header.set(JAVA_INT, NAME_LENGTH, (int) name.byteSize());
        header.set(JAVA_LONG, CONTROL_LENGTH, CONTROL_SIZE);
        header.set(JAVA_INT, FLAGS, 0);
        try {
            long size = CLibrary.call((_, state) -> (long) RECVMSG.invokeExact(state, descriptor, header, 0));
            handOn(bytes.asSlice(0, size).toArray(JAVA_BYTE), receiver);
            return true;
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case Errno.EAGAIN -> false;
                case Errno.EINTR -> read(socket, receiver);
                default -> throw e;
            };
        }
    }

    private void handOn(byte[] message, MessageReceiver receiver) {
        switch (SocketAddresses.family(name)) {
            case SocketAddresses.AF_INET, SocketAddresses.AF_INET6 ->
                receiver.fromHost(message, SocketAddresses.readInet(name).getAddress());
            default -> receiver.fromProcess(message, credential(0), credential(1), credential(2));
        }
    }

    /** pid, uid or gid; a number that no process has if the kernel did not tell. */
    private int credential(int index) {
        boolean told = header.get(JAVA_LONG, CONTROL_LENGTH) >= CREDENTIALS + 12
                && control.get(JAVA_INT, CMSG_LEVEL) == SOL_SOCKET
                && control.get(JAVA_INT, CMSG_TYPE) == SCM_CREDENTIALS;
        return told ? control.get(JAVA_INT, CREDENTIALS + 4L * index) : NOBODY_KNOWS;
    }
}
