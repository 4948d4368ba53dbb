package dev.myproxy.session;

import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.Kill;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.Packets;
import dev.myproxy.protocol.PayloadSkip;
import dev.myproxy.protocol.PayloadSpan;
import dev.myproxy.protocol.ResponseKind;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.session.meters.SessionCounter;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
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
        /** It is, or will be, refused without the script, or passes: go on with what is left of the data. */
        DONE
    }

    /** A command that is not to be kept and is answered when it has ended. */
    private record Refused(PayloadSkip rest, Optional<ErrPacket> answer) {}

    private final Session session;
    private final CommandPhase phase;
    private final ClientCommands commands;
    private final KillCommand kill;
    private final int maxBytes;
    private @Nullable Refused refused;

    /** @param kill takes the statements that are for it, when the script has decided */
    QueryCommand(Session session, CommandPhase phase, ClientCommands commands, KillCommand kill) {
        this.session = session;
        this.phase = phase;
        this.commands = commands;
        this.kill = kill;
        this.maxBytes = session.client().handlers().options().maxQueryBytes();
    }

    /**
     * Takes a command.
     *
     * @param data begins with the command's header; read only if the command is refused
     */
    Progress take(ByteBuf data, Command command) {
        return LastPrepared.COMMANDS.contains(command) ? takeExecution(data, command) : takeStatement(data, command);
    }

    /** A command for a statement, while the one that was prepared last was refused. */
    private Progress takeExecution(ByteBuf data, Command command) {
        if (!LastPrepared.isReadable(data)) {
            return Progress.INCOMPLETE;
        }
        if (LastPrepared.isNamed(data)) {
            refused = new Refused(new PayloadSkip(), command.response() == ResponseKind.NONE
                    ? Optional.empty()
                    : Optional.of(ClientErrors.NOT_PREPARED));
        } else {
            commands.pass();
        }
        return Progress.DONE;
    }

    private Progress takeStatement(ByteBuf data, Command command) {
        PayloadSpan span = PayloadSpan.of(data);
        if (span.payloadBytes() - 1 > maxBytes) {
            prepared(command, false);
            count(command);
            refused = new Refused(new PayloadSkip(), Optional.of(ClientErrors.statementTooLong(maxBytes)));
            return Progress.DONE;
        }
        if (!span.complete()) {
            return Progress.INCOMPLETE;
        }
        Statement statement;
        try {
            statement = Statement.read(span.payload(data), hasAttributes(command));
        } catch (MalformedPacketException _) {
            count(command);
            commands.taken();
            data.skipBytes(span.wireBytes());
            answer(span.lastSequenceId(), ClientErrors.MALFORMED_STATEMENT);
            return Progress.DONE;
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
            case Decision.Proceed _ -> {
                prepared(command, true);
                if (killed(span, command, statement)) {
                    return;
                }
                commands.pass();
            }
            case Decision.Query(var sql) -> {
                prepared(command, true);
                if (killed(span, command, statement.withSql(sql))) {
                    return;
                }
                commands.drop(span.wireBytes());
                phase.command(span, command, statement.withSql(sql)::write);
            }
            case Decision.Refuse refusal -> refuse(span, command, refusal);
            default -> {
                session.log().handlerFailure(decision);
                refuse(span, command, ScriptFailure.REFUSAL);
            }
        }
        commands.resume();
    }

    /** Hands a statement over that ends another session; commands go on when that is done. */
    private boolean killed(PayloadSpan span, Command command, Statement statement) {
        Optional<Kill> found = statement.kill(command, kill.finder());
        found.ifPresent(request -> kill.handle(span, request));
        return found.isPresent();
    }

    private void refuse(PayloadSpan span, Command command, Decision.Refuse refusal) {
        prepared(command, false);
        count(command);
        commands.drop(span.wireBytes());
        answer(span.lastSequenceId(), ClientErrors.statement(refusal));
    }

    /** Counts a statement that does not come to the server. */
    private void count(Command command) {
        if (command.isQuery()) {
            session.meters().count(SessionCounter.QUERIES);
        }
    }

    private void answer(int sequenceId, ErrPacket error) {
        session.sendError(Packets.next(sequenceId), error);
    }

    /** A statement was to be prepared: whether the server knows about it. */
    private void prepared(Command command, boolean atServer) {
        if (command == Command.STMT_PREPARE) {
            commands.intercept(LastPrepared.COMMANDS, !atServer);
        }
    }

    /**
     * Passes over a command that is refused, if there is one, and answers it when it has ended.
     *
     * @param data what is read of it goes nowhere
     * @return whether a command may begin now; if not, what is left of the data is part of a header
     */
    boolean skipped(ByteBuf data) {
        Refused command = refused;
        if (command == null) {
            return true;
        }
        if (!command.rest.skip(data)) {
            return false;
        }
        refused = null;
        commands.taken();
        command.answer.ifPresent(error -> answer(command.rest.sequenceId(), error));
        return true;
    }
}
