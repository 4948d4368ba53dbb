package dev.myproxy.session;

import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.CommandScanner;
import dev.myproxy.protocol.Packets;
import dev.myproxy.protocol.ResponseTracker;
import dev.myproxy.protocol.ServerStatus;
import dev.myproxy.session.meters.DisconnectCause;
import io.netty.buffer.ByteBuf;

/** When a session in the command phase can be ended, and how its server hears of that. */
final class CommandDeparture implements Departure {

    private final CommandPhase phase;
    private final ResponseTracker tracker;
    private final CommandScanner scanner;
    private boolean due;

    CommandDeparture(CommandPhase phase, ResponseTracker tracker, CommandScanner scanner) {
        this.phase = phase;
        this.tracker = tracker;
        this.scanner = scanner;
    }

    /** Whether nothing is under way, in any direction, and no transaction is open. */
    @Override
    public boolean isPossible() {
        return phase.isIdle() && !isInTransaction();
    }

    /** Whether the server holds a transaction for the client, or a cursor, as far as its last response told. */
    @Override
    public boolean isInTransaction() {
        return tracker.inTransaction() || (tracker.serverStatus() & ServerStatus.CURSOR_EXISTS) != 0;
    }

    /** From now on commands outside of transactions come too late. A stream to a replica has no next command: it ends. */
    @Override
    public void lastCall() {
        due = true;
        if (tracker.isStreaming()) {
            phase.expel(DisconnectCause.SHUTDOWN, ClientErrors.SHUTDOWN);
        }
    }

    /** Whether data begins with a command that comes too late. One that takes leave does not. */
    boolean isTooLate(ByteBuf data) {
        return due && tracker.idle() && scanner.betweenPackets() && !isInTransaction()
                && data.readableBytes() > Packets.HEADER_BYTES
                && data.getUnsignedByte(data.readerIndex() + Packets.HEADER_BYTES) != Command.QUIT.code();
    }

    /** Takes leave of the server, as clients do, if it waits for a command: it would take the connection for a broken one. */
    void sayGoodbye() {
        if (tracker.idle() && scanner.betweenPackets()) {
            var _ = phase.backend().writeAndFlush(
                    Packets.frame(phase.backend().alloc(), 0, to -> to.writeByte(Command.QUIT.code())),
                    phase.backend().voidPromise());
        }
    }
}
