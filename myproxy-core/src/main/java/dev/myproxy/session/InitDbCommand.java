package dev.myproxy.session;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.Packets;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptEvent;
import io.netty.buffer.ByteBuf;

/**
 * COM_INIT_DB where the script has an {@code on_init_db}: the script decides which database the server is asked for, or
 * refuses, after which the session goes on.
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

    /**
     * Asks the script; commands go on when it has answered.
     *
     * @param data begins with the complete packet, and is left as it is
     */
    void handle(ByteBuf data) {
        int length = Frames.payloadLength(data);
        int sequenceId = Frames.sequenceId(data);
        int start = data.readerIndex() + Packets.HEADER_BYTES + 1;
        ByteString database = ByteString.read(data.slice(start, length - 1), length - 1);
        session.ask(new ScriptEvent.InitDb(session.client(), database), decision -> {
            if (!session.hasEnded()) {
                commands.drop(Packets.HEADER_BYTES + length);
                decided(decision, sequenceId);
            }
        });
    }

    private void decided(Decision decision, int sequenceId) {
        switch (decision) {
            case Decision.InitDb(var database) -> phase.command(sequenceId, Command.INIT_DB, database::writeTo);
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
