package dev.myproxy.session;

import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.Packets;
import dev.myproxy.protocol.PayloadSkip;
import dev.myproxy.protocol.PayloadSpan;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptEvent;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * COM_QUERY and COM_STMT_PREPARE where the script has an {@code on_query}: the statement is gathered, the script lets it
 * pass, changes it or refuses it, and the session goes on. What is too long to be gathered is refused: nothing passes that
 * the script has not seen.
 */
final class QueryCommand {

    /** What became of a statement. */
    enum Progress {
        /** More of its bytes are needed. */
        INCOMPLETE,
        /** The script decides; commands go on when it has. */
        ASKED,
        /** It is, or will be, refused without the script: go on with what is left of the data. */
        REFUSED
    }

    private final Session session;
    private final CommandPhase phase;
    private final ClientCommands commands;
    private final int maxBytes;
    private @Nullable PayloadSkip skipping;

    QueryCommand(Session session, CommandPhase phase, ClientCommands commands) {
        this.session = session;
        this.phase = phase;
        this.commands = commands;
        this.maxBytes = session.client().handlers().options().maxQueryBytes();
    }

    /**
     * Takes a statement.
     *
     * @param data begins with the command's header; read only if the statement is refused
     */
    Progress take(ByteBuf data, Command command) {
        PayloadSpan span = PayloadSpan.of(data);
        if (span.payloadBytes() - 1 > maxBytes) {
            skipping = new PayloadSkip();
            return Progress.REFUSED;
        }
        if (!span.complete()) {
            return Progress.INCOMPLETE;
        }
        Statement statement;
        try {
            statement = Statement.read(span.payload(data), hasAttributes(command));
        } catch (MalformedPacketException _) {
            data.skipBytes(span.wireBytes());
            refuse(span.lastSequenceId(), ClientErrors.MALFORMED_STATEMENT);
            return Progress.REFUSED;
        }
        session.ask(new ScriptEvent.Query(session.client(), statement.sql()), decision -> {
            if (!session.hasEnded()) {
                decided(decision, span, command, statement);
            }
        });
        return Progress.ASKED;
    }

    private boolean hasAttributes(Command command) {
        return command == Command.QUERY && phase.capabilities().has(Capability.QUERY_ATTRIBUTES);
    }

    private void decided(Decision decision, PayloadSpan span, Command command, Statement statement) {
        switch (decision) {
            case Decision.Proceed _ -> commands.pass();
            case Decision.Query(var sql) -> {
                commands.drop(span.wireBytes());
                phase.command(span, command, statement.withSql(sql)::write);
            }
            case Decision.Refuse refusal -> {
                commands.drop(span.wireBytes());
                refuse(span.lastSequenceId(), ClientErrors.statement(refusal));
            }
            default -> {
                session.log().handlerFailure(decision);
                commands.drop(span.wireBytes());
                refuse(span.lastSequenceId(), ClientErrors.statement(ScriptFailure.REFUSAL));
            }
        }
        commands.resume();
    }

    private void refuse(int sequenceId, ErrPacket error) {
        session.sendError(Packets.next(sequenceId), error);
    }

    /**
     * Passes over a statement that is too long, if there is one, and answers it when it has ended.
     *
     * @param data what is read of it goes nowhere
     * @return whether a command may begin now; if not, what is left of the data is part of a header
     */
    boolean skipped(ByteBuf data) {
        PayloadSkip skip = skipping;
        if (skip == null) {
            return true;
        }
        if (!skip.skip(data)) {
            return false;
        }
        skipping = null;
        refuse(skip.sequenceId(), ClientErrors.statementTooLong(maxBytes));
        return true;
    }
}
