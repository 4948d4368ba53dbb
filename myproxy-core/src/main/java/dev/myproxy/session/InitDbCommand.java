package dev.myproxy.session;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.Packets;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.session.meters.SessionCounter;
import io.netty.buffer.ByteBuf;

/**
 * COM_INIT_DB: where the script has an {@code on_init_db}, it decides which database the server is asked for, or refuses,
 * after which the session goes on. It is always the server that answers a name, which the session remembers until then.
 */
final class InitDbCommand {

    private final Session session;
    private final CommandPhase phase;
    private final ClientCommands commands;

    InitDbCommand(Session session, CommandPhase phase, ClientCommands commands) {
        this.session = session;
        this.phase = phase;
        this.commands = commands;
    }

    /** Whether the script decides. */
    boolean isDecided() {
        return session.client().handlers().has(Handler.INIT_DB);
    }

    /**
     * Notes the name in a packet that is passed on as it is, unless it is too long for a name.
     *
     * @param data begins with the packet, and is left as it is
     * @param size of the packet, with its header
     * @return whether that is done; if not, more of the packet is needed
     */
    boolean note(ByteBuf data, int size) {
        if (size > ClientCommands.MAX_INTERCEPTED_BYTES) {
            return true;
        }
        if (data.readableBytes() < size) {
            return false;
        }
        phase.database().ask(name(data));
        return true;
    }

    private static ByteString name(ByteBuf data) {
        int length = Frames.payloadLength(data) - 1;
        return ByteString.read(data.slice(data.readerIndex() + Packets.HEADER_BYTES + 1, length), length);
    }

    /**
     * Asks the script; commands go on when it has answered.
     *
     * @param data begins with the complete packet, and is left as it is
     */
    void handle(ByteBuf data) {
        int length = Frames.payloadLength(data);
        int sequenceId = Frames.sequenceId(data);
        session.ask(new ScriptEvent.InitDb(session.client(), name(data)), decision -> {
            if (!session.hasEnded()) {
                commands.drop(Packets.HEADER_BYTES + length);
                decided(decision, sequenceId);
            }
        });
    }

    private void decided(Decision decision, int sequenceId) {
        switch (decision) {
            case Decision.InitDb(var database) -> {
                phase.database().ask(database);
                phase.command(sequenceId, Command.INIT_DB, database::writeTo);
            }
            case Decision.Refuse refusal -> {
                session.meters().count(SessionCounter.REJECTED);
                session.sendError(Packets.next(sequenceId), ClientErrors.database(refusal));
            }
            default -> {
                session.log().handlerFailure(decision);
                session.sendError(Packets.next(sequenceId), ClientErrors.database(ScriptFailure.REFUSAL));
            }
        }
        commands.resume();
    }
}
