package dev.myproxy.session;

import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.Packets;
import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import java.util.Set;

/**
 * Commands for "the statement that was prepared last", which MariaDB's clients send right behind COM_STMT_PREPARE without
 * knowing its id. If that never reached the server, the server would take an older statement for it.
 *
 * <p><a href="https://mariadb.com/kb/en/com_stmt_execute/">COM_STMT_EXECUTE</a>
 */
final class LastPrepared {

    /** Commands that name a statement. */
    static final Set<Command> COMMANDS = EnumSet.of(Command.STMT_EXECUTE, Command.STMT_BULK_EXECUTE,
            Command.STMT_SEND_LONG_DATA, Command.STMT_CLOSE, Command.STMT_RESET, Command.STMT_FETCH);

    private static final int ID_AT = Packets.HEADER_BYTES + 1;
    private static final long LAST = 0xffff_ffffL;

    private LastPrepared() {}

    /** Whether the name of the statement is there, in a command that begins a buffer. */
    static boolean isReadable(ByteBuf data) {
        return data.readableBytes() >= Math.min(ID_AT + Integer.BYTES,
                Packets.HEADER_BYTES + Frames.payloadLength(data));
    }

    /** Whether a readable command is for the statement that was prepared last. */
    static boolean isNamed(ByteBuf data) {
        return Frames.payloadLength(data) > Integer.BYTES
                && data.getUnsignedIntLE(data.readerIndex() + ID_AT) == LAST;
    }
}
