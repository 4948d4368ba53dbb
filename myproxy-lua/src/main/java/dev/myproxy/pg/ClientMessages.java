package dev.myproxy.pg;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** Messages that the Vert.x client is told in place of the server's, and what is sent behind its back. */
final class ClientMessages {

    private static final int SYNC_BYTES = 4;

    private ClientMessages() {}

    /** A CommandComplete without a tag. */
    static ByteBuf commandComplete(ByteBufAllocator alloc) {
        return alloc.buffer().writeByte('C').writeInt(Integer.BYTES + 1).writeByte(0);
    }

    /**
     * An ErrorResponse without a text, with the code of internal errors: for some codes the client would try again with
     * types of its own, or not fail the statement.
     */
    static ByteBuf error(ByteBufAllocator alloc) {
        byte[] fields = "SERROR\0CXX000\0M\0\0".getBytes(StandardCharsets.US_ASCII);
        return alloc.buffer().writeByte('E').writeInt(Integer.BYTES + fields.length).writeBytes(fields);
    }

    /** A CopyFail; in the extended protocol with the Sync that the server waits for then. */
    static ByteBuf copyFail(ByteBufAllocator alloc, boolean extended) {
        String reason = "scripts cannot send rows";
        ByteBuf out = alloc.buffer().writeByte('f').writeInt(Integer.BYTES + reason.length() + 1);
        ByteBufUtil.writeAscii(out, reason);
        out.writeByte(0);
        return extended ? out.writeByte('S').writeInt(SYNC_BYTES) : out;
    }
}
