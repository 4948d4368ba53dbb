package dev.myproxy.session;

import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.session.meters.Phase;
import dev.myproxy.transport.Closing;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the rest of the daemon asks all sessions for over the event bus; the addresses are in {@link SessionBus}. */
final class SessionRequests {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final Sessions sessions;

    SessionRequests(Sessions sessions) {
        this.sessions = sessions;
    }

    void listenOn(EventBus bus) {
        bus.<SessionBus.Leave>localConsumer(SessionBus.LEAVE, message -> leave(message.body()));
        bus.<SessionBus.Greeted>localConsumer(SessionBus.GREETED, message -> greeted(message.body()));
        bus.<SessionBus.Disconnect>localConsumer(SessionBus.DISCONNECT,
                message -> answer(message, disconnect(message.body())));
        bus.<SessionBus.Kill>localConsumer(SessionBus.KILL, message -> answer(message, kill(message.body())));
        bus.<SessionBus.ListAll>localConsumer(SessionBus.LIST, message -> answer(message, list()));
    }

    private static <T> void answer(Message<?> message, Future<T> answer) {
        answer.onSuccess(message::reply).onFailure(failure -> message.fail(0, String.valueOf(failure)));
    }

    private void greeted(SessionBus.Greeted greeted) {
        sessions.offers().checked(greeted.upstream(), greeted.server(), greeted.offered());
        sessions.versions().checked(greeted.version());
    }

    private void leave(SessionBus.Leave leave) {
        sessions.each(session -> leave(session, leave))
                .onFailure(failure -> LOG.error("Sessions can't leave {}", leave.servers(), failure));
    }

    private static boolean leave(Session session, SessionBus.Leave leave) {
        Optional<Route> left = session.server().route().filter(here -> here.isLeftBy(leave));
        if (session.hasEnded() || left.isEmpty() || left.get().approach().giveUp(leave.reason())) {
            return false;
        }
        session.log().failure("Closing because node is unavailable: " + leave.reason());
        return session.expel(DisconnectCause.NODE_UNAVAILABLE, session.phase() == Phase.COMMAND
                ? ClientErrors.command(ClientErrors.NODE_UNAVAILABLE)
                : ClientErrors.handshake(ClientErrors.NODE_UNAVAILABLE));
    }

    private Future<Integer> disconnect(SessionBus.Disconnect request) {
        return sessions.each(session -> disconnect(session, request)).map(SessionRequests::count)
                .onSuccess(count -> {
                    if (count > 0) {
                        LOG.atWarn().addKeyValue("account", request.account())
                                .log("Closed {} connections for account {}", count, request.account());
                    }
                });
    }

    private static boolean disconnect(Session session, SessionBus.Disconnect request) {
        return session.client().account().filter(request.account()::equals).isPresent()
                && session.expel(DisconnectCause.ACCOUNT_DISCONNECTED, ClientErrors.ACCOUNT_DISCONNECTED);
    }

    private Future<Boolean> kill(SessionBus.Kill request) {
        return sessions.one(request.id(), SessionRequests::kill).map(done -> done.orElse(false));
    }

    private static boolean kill(Session session) {
        return session.expel(DisconnectCause.KILLED, ClientErrors.KILLED);
    }

    private Future<SessionBus.Listing> list() {
        return sessions.each(Session::snapshot).map(all -> new SessionBus.Listing(
                all.stream().sorted(Comparator.comparingLong(SessionSnapshot::id)).toList()));
    }

    private static int count(List<Boolean> answers) {
        return (int) answers.stream().filter(yes -> yes).count();
    }
}
