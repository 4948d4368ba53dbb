package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * A command that ends a connection, or what it runs.
 *
 * @param command COM_QUERY or COM_PROCESS_KILL
 * @param before  what stands between the command's byte and the id
 * @param written the id as it stands there
 * @param id      of the connection
 * @param after   what stands behind the id
 * @param words   what stands between KILL and the id in the plainest statement of the same meaning, with a space behind
 *                each of them
 * @param query   whether only what the connection runs is to end
 */
public record Kill(Command command, ByteString before, ByteString written, long id, ByteString after, String words,
        boolean query) {

    /** Appends the command's argument as it was. */
    public void write(ByteBuf to) {
        before.writeTo(to);
        written.writeTo(to);
        after.writeTo(to);
    }

    /**
     * Appends the command's argument: what stands behind its byte.
     *
     * @param other an id for the place of the one that is there
     */
    public void write(ByteBuf to, long other) {
        before.writeTo(to);
        if (command == Command.PROCESS_KILL) {
            to.writeIntLE((int) other);
        } else {
            to.writeCharSequence(Long.toString(other), StandardCharsets.US_ASCII);
        }
        after.writeTo(to);
    }

    /** A statement that does the same to another connection. */
    public String sql(long other) {
        return "KILL " + words + other;
    }
}
