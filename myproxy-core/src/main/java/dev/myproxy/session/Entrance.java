package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.listen.AcceptedClient;
import dev.myproxy.listen.ClientHost;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.Packets;
import dev.myproxy.script.Handlers;
import dev.myproxy.session.meters.SessionCounter;
import dev.myproxy.tls.ListenerTls;
import dev.myproxy.transport.Closing;
import io.netty.channel.Channel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the clients of one listener come in, or are turned away: with an ERR packet in the place of the greeting, as servers do,
 * and with few lines in the log. Safe to use from every thread.
 */
final class Entrance implements ClientHost {

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final Sessions sessions;
    private final Handlers handlers;
    private final PendingLogins pending;
    private final ClientEncryption encryption;
    private final FailureLimit crowds = new FailureLimit();
    private final FailureLimit strangers = new FailureLimit();
    private final FailureLimit headers = new FailureLimit();

    /** @param encryption what clients are offered */
    Entrance(Sessions sessions, Handlers handlers, ClientEncryption encryption) {
        this.sessions = sessions;
        this.handlers = handlers;
        this.encryption = encryption;
        this.pending = new PendingLogins(handlers.options().maxPendingLogins(), sessions.admission()::loggedIn);
    }

    /** What the script wants to hear of the clients, and wishes for them. */
    Handlers handlers() {
        return handlers;
    }

    /** What a client of this listener can be encrypted with. */
    Optional<ListenerTls> tls() {
        return encryption.offer();
    }

    @Override
    public boolean take(AcceptedClient accepted) {
        if (!handlers.run().enter()) {
            return false;
        }
        if (!isTrusted(accepted)) {
            refuseStranger(accepted);
            return true;
        }
        Admission admission = sessions.admission();
        Optional<String> refusal = admission.enter();
        if (refusal.isPresent()) {
            refuse(accepted, refusal.get());
            return true;
        }
        pending.enter().ifPresentOrElse(place -> sessions.begin(accepted, this, place), () -> {
            admission.takeBack();
            refuse(accepted, pending.reason());
        });
        return true;
    }

    private boolean isTrusted(AcceptedClient accepted) {
        return handlers.options().proxyProtocol()
                .map(trusted -> trusted.include(accepted.peer(), accepted.credentials())).orElse(true);
    }

    private void refuseStranger(AcceptedClient accepted) {
        warn(strangers, accepted.listener(), "Connection from " + accepted.peer()
                + " refused: the listener's proxy_protocol does not trust that address");
        turnAway(accepted, SessionCounter.UNTRUSTED, ClientErrors.hostNotAllowed(accepted.peer()));
    }

    private void refuse(AcceptedClient accepted, String reason) {
        warn(crowds, accepted.listener(), "Too many connections: " + reason);
        turnAway(accepted, SessionCounter.OVER_LIMIT, ClientErrors.TOO_MANY_CONNECTIONS);
    }

    private void turnAway(AcceptedClient accepted, SessionCounter counter, ErrPacket error) {
        Channel channel = accepted.channel();
        sessions.meters().of(channel.eventLoop()).count(counter);
        var _ = channel.writeAndFlush(Packets.frame(channel.alloc(), 0, to -> error.write(to, false)));
        Closing.whenFlushed(channel, sessions.settings().drainTimeout());
        handlers.run().leave();
    }

    /** A sender that is trusted did not send a header as it should. */
    void badHeader(Session session, String message) {
        warn(headers, session.client().listener(),
                "Connection from " + session.client().address() + " closed: " + message);
    }

    private static void warn(FailureLimit limit, Address listener, String message) {
        Optional<String> line;
        synchronized (limit) {
            line = limit.line(message, System.nanoTime());
        }
        line.ifPresent(text -> LOG.warn("[{}] {}", listener, text));
    }
}
