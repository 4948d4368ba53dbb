package dev.myproxy.session;

import dev.myproxy.protocol.ResponseTracker;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.transport.Closing;
import dev.myproxy.transport.SocketState;
import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a session in the command phase when one side closes its connection, or half of it, or breaks it: the other
 * side gets what was sent before, and then sees what it would see without us. Lives on the session's event loop.
 */
final class ConnectionEnds {

    private final Session session;
    private final CommandPhase phase;
    private final ResponseTracker tracker;
    private final ClientCommands commands;
    private @Nullable HalfClosed half;
    private boolean serverTold;

    ConnectionEnds(Session session, CommandPhase phase, ResponseTracker tracker, ClientCommands commands) {
        this.session = session;
        this.phase = phase;
        this.tracker = tracker;
        this.commands = commands;
    }

    /** The phase begins. The client may have closed its half already, and the data that came before that has been taken. */
    void begin() {
        if (!session.hasEnded() && HalfClosed.isHalfClosed(session.channel())) {
            clientHalfClosed();
        }
    }

    /** The client's stream ended. */
    void clientClosed() {
        session.end(tracker.isQuitting() ? DisconnectCause.CLIENT_QUIT : DisconnectCause.CLIENT_CLOSED);
    }

    /** Whether the client has said that it goes, and waits for nothing. */
    boolean isGoodBye() {
        return tracker.isQuitting() && tracker.idle() && commands.isQuiet();
    }

    /**
     * The client sends no more. It gets what it still waits for, and what the server says to that: the server is told, as
     * soon as it has all commands.
     */
    void clientHalfClosed() {
        if (isGoodBye() || SocketState.isBroken(session.channel())) {
            clientClosed();
        } else {
            HalfClosed closed = new HalfClosed(session, tracker::idle, session.settings().drainTimeout(),
                    this::clientClosed);
            half = closed;
            closed.begin();
            commandsPassed();
        }
    }

    /** Closes our half of the connection to the server if the client has closed its own, and no command is left. */
    void commandsPassed() {
        if (half != null && !serverTold && !commands.isHeld()) {
            serverTold = true;
            Channel backend = phase.backend();
            Closing.flushed(backend).addListener(_ -> {
                if (backend.isActive()) {
                    Closing.half(backend);
                }
            });
        }
    }

    /** The client takes no more. What it sent before is still read, but that is not waited for long. */
    void clientDeaf() {
        phase.readBackend();
        afterwards(this::clientClosed);
    }

    /** The server takes no more. What it sent before is still read, but that is not waited for long. */
    void serverDeaf() {
        if (!serverTold) {
            phase.readClient();
            afterwards(() -> serverClosed("Server closed the connection", "Server takes no more commands"));
        }
    }

    private void afterwards(Runnable task) {
        var _ = session.channel().eventLoop().schedule(task, session.settings().packetTimeout().toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** The server has said, unasked, why it closes the connection; the client has got that. */
    void serverLeaves() {
        if (half != null) {
            clientClosed();
            return;
        }
        int code = tracker.leavingCode();
        session.log().failure("Server ended the session with error " + code);
        session.sayFarewell(code == ClientErrors.INACTIVITY
                ? DisconnectCause.SERVER_IDLE_TIMEOUT
                : DisconnectCause.SERVER_CLOSED);
    }

    /**
     * The server's stream ended. A client that waits for an answer gets an ERR packet; one that does not sees what it
     * would see of a server: the connection closes. So does one that was killed.
     */
    void serverClosed(String message, String logged) {
        if (session.hasEnded()) {
            return;
        }
        if (tracker.isQuitting() || half != null) {
            clientClosed();
        } else if (session.server().residence().isKilled()) {
            session.end(DisconnectCause.KILLED);
        } else if ((tracker.inFlight() == 0 && !commands.holdsCommand()) || tracker.isServerLeaving()) {
            session.end(DisconnectCause.SERVER_CLOSED);
        } else {
            session.log().failure(logged);
            phase.fail(DisconnectCause.SERVER_CLOSED, ClientErrors.command(message));
        }
    }

    /** The client's side has left the phase. */
    void over() {
        if (half != null) {
            half.stop();
        }
    }
}
