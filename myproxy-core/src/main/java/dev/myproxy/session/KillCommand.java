package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.Kill;
import dev.myproxy.protocol.KillFinder;
import dev.myproxy.protocol.OkPacket;
import dev.myproxy.protocol.Packets;
import dev.myproxy.protocol.PayloadSpan;
import dev.myproxy.session.kill.ErrandResult;
import dev.myproxy.session.kill.KeptLogin;
import dev.myproxy.session.kill.KillErrand;
import dev.myproxy.session.kill.KillOutcome;
import dev.myproxy.session.kill.Owner;
import dev.myproxy.session.meters.SessionCounter;
import io.netty.buffer.ByteBuf;
import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * KILL of a session by the id in its greeting: finds the session, and has the server that it is at do what it would do for the
 * id of its own. Commands go on when the answer is there, or under way.
 */
final class KillCommand {

    /** How long another server may take, from connecting to the answer. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Session session;
    private final CommandPhase phase;
    private final ClientCommands commands;
    private final KillFinder finder;

    KillCommand(Session session, CommandPhase phase, ClientCommands commands) {
        this.session = session;
        this.phase = phase;
        this.commands = commands;
        this.finder = new KillFinder(phase.capabilities(), ConnectionIds.FIRST);
    }

    KillFinder finder() {
        return finder;
    }

    /**
     * Takes the command that is held.
     *
     * @param data begins with the complete packet, in which the finder finds something; left as it is
     */
    void take(ByteBuf data) {
        PayloadSpan span = PayloadSpan.of(data);
        handle(span, finder.find(span.payload(data)).orElseThrow());
    }

    /**
     * Takes a command.
     *
     * @param span of the command that is held, in whose place it stands
     */
    void handle(PayloadSpan span, Kill kill) {
        Owner killer = session.server().residence().owner().orElseThrow();
        session.sessions().one(kill.id(), target -> KillTarget.of(target, killer, kill.query()))
                .map(target -> target.orElseGet(KillTarget.Gone::new))
                .onComplete(found -> session.channel().eventLoop().execute(() -> found(span, kill, found)));
    }

    private void found(PayloadSpan span, Kill kill, AsyncResult<KillTarget> target) {
        if (session.hasEnded()) {
            return;
        }
        if (target.succeeded()) {
            decided(span, kill, target.result());
        } else {
            session.log().killFailure("No KILL: " + target.cause());
            refuse(span, kill, KillOutcome.FAILED, ClientErrors.killFailed(kill.id()));
        }
    }

    private void decided(PayloadSpan span, Kill kill, KillTarget target) {
        switch (target) {
            // The server says so itself. Should it have come to such ids of its own, they are known there.
            case KillTarget.Gone() -> forward(span, kill, kill::write, KillOutcome.UNKNOWN);
            case KillTarget.Foreign() -> refuse(span, kill, KillOutcome.NOT_OWNER, ClientErrors.notOwner(kill.id()));
            case KillTarget.Done() -> succeed(span, kill, KillOutcome.NO_SERVER);
            case KillTarget.At(var server, var id) when session.server().route().orElseThrow().server()
                    .equals(server) ->
                forward(span, kill, to -> kill.write(to, id), KillOutcome.SAME_SERVER);
            case KillTarget.At(var server, var id) -> session.server().residence().login().ifPresentOrElse(
                    login -> visit(span, kill, server, id, login),
                    () -> refuse(span, kill, KillOutcome.FAILED, ClientErrors.notReached(kill.id())));
        }
    }

    /** Has the killer's own server do it, and answer. */
    private void forward(PayloadSpan span, Kill kill, Consumer<ByteBuf> argument, KillOutcome outcome) {
        session.meters().count(outcome);
        commands.drop(span.wireBytes());
        phase.command(span, kill.command(), argument);
        commands.resume();
    }

    /** Has another server do it, even if the killer does not wait for that. */
    private void visit(PayloadSpan span, Kill kill, Address server, long id, KeptLogin login) {
        Sessions sessions = session.sessions();
        new KillErrand(session.context(), sessions.meters().servers(), server, login, kill.sql(id),
                result -> returned(span, kill, server, result)).begin(sessions.connector(), LIMIT);
    }

    private void returned(PayloadSpan span, Kill kill, Address server, ErrandResult result) {
        if (session.hasEnded()) {
            return;
        }
        switch (result) {
            case ErrandResult.Done() -> succeed(span, kill, KillOutcome.OTHER_SERVER);
            case ErrandResult.Refused(var error) -> refuse(span, kill, KillOutcome.OTHER_SERVER, error);
            case ErrandResult.Failed(var message) -> {
                session.log().killFailure("No KILL at " + server + ": " + message);
                refuse(span, kill, KillOutcome.FAILED, ClientErrors.killFailed(kill.id()));
            }
        }
    }

    private void succeed(PayloadSpan span, Kill kill, KillOutcome outcome) {
        count(kill, outcome);
        commands.drop(span.wireBytes());
        session.send(Packets.next(span.lastSequenceId()),
                to -> OkPacket.of(phase.status()).write(to, phase.capabilities()));
        commands.resume();
    }

    private void refuse(PayloadSpan span, Kill kill, KillOutcome outcome, ErrPacket error) {
        count(kill, outcome);
        commands.drop(span.wireBytes());
        session.sendError(Packets.next(span.lastSequenceId()), error);
        commands.resume();
    }

    /** Counts a command that does not come to the session's own server. */
    private void count(Kill kill, KillOutcome outcome) {
        session.meters().count(outcome);
        if (kill.command() == Command.QUERY) {
            session.meters().count(SessionCounter.QUERIES);
        }
    }
}
