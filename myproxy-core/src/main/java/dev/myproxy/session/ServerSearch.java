package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.auth.BackendAuths;
import dev.myproxy.backend.Exposure;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.script.Candidates;
import dev.myproxy.script.Decision;
import dev.myproxy.session.meters.SessionCounter;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds a server for a login: the one where the session is, if it comes first and can be stayed at; else it tries the
 * candidates one after the other until one has greeted, all of them within one limit of time ({@link ConnectTime}). What is learnt about them goes to the {@link Candidates}, and to the log.
 */
final class ServerSearch {

    /** So many servers of one login have lines in the log; those after them are counted. */
    private static final int MAX_LOGGED = 10;

    private final Session session;
    private final Login login;
    private final HandshakeResponse response;
    private final Decision.Connect decision;
    private final Candidates candidates;
    private final ConnectTime time;
    private Optional<ServerFailure> answer = Optional.empty();
    private int tried;

    /** @param login hears of the server that has greeted, or that there was none */
    ServerSearch(Session session, Login login, HandshakeResponse response, Decision.Connect decision,
            Candidates candidates) {
        this.session = session;
        this.login = login;
        this.response = response;
        this.decision = decision;
        this.candidates = candidates;
        this.time = ConnectTime.from(System.nanoTime(),
                decision.options().connectTimeout().orElse(session.settings().connectTimeout()));
    }

    /** Tries the next server, or tells the login that there is none. */
    void next() {
        Duration share = time.share(System.nanoTime(), Math.max(candidates.left() - 1, 0));
        Optional<Address> server = share.isZero() ? Optional.empty() : candidates.next();
        if (server.isPresent()) {
            attempt(server.get(), share);
        } else {
            end();
        }
    }

    private void attempt(Address server, Duration limit) {
        tried++;
        Optional<ParkedServer> here = session.server().stay(server, decision.link().tls());
        if (here.isPresent()) {
            stay(server, here.get());
            return;
        }
        if (tried <= MAX_LOGGED) {
            session.log().connecting(server);
        }
        ServerAttempt attempt = new ServerAttempt(session, this, login, server, limit);
        session.server().goesTo(new Route(decision.upstream(), decision.options().readOnly(), server, attempt));
        attempt.begin(response, decision);
    }

    private void stay(Address server, ParkedServer here) {
        session.log().staying(server);
        ServerStay stay = new ServerStay(session, login);
        session.server().staysAt(new Route(decision.upstream(), decision.options().readOnly(), server, stay));
        stay.begin(here, response, new BackendAuths(decision.credentials(),
                Exposure.of(server, decision.link().tls()),
                decision.options().allowCleartext()));
    }

    /** The server that is tried has greeted. */
    void reached() {
        candidates.reached();
    }

    /** The server that was tried did not greet; the session has not ended. */
    void failed(ServerFailure failure) {
        if (tried <= MAX_LOGGED) {
            session.log().failure(failure.reason());
        }
        if (failure.isOurs()) {
            if (failure.isWithoutDescriptor()) {
                session.meters().count(SessionCounter.OVER_LIMIT);
            }
            login.unreachable(failure);
            return;
        }
        if (failure.isOverload()) {
            candidates.overloaded(failure.reason());
        } else if (!failure.isFromUpstream()) {
            candidates.failed(failure.reason());
        }
        if (failure.isRefusal() || answer.filter(ServerFailure::isRefusal).isEmpty()) {
            answer = Optional.of(failure);
        }
        next();
    }

    /** The client hears what a server said last, or else what went wrong last. */
    private void end() {
        if (tried > MAX_LOGGED) {
            session.log().failure("No connection to " + (tried - MAX_LOGGED) + " more servers");
        }
        answer.ifPresentOrElse(login::unreachable, () -> login.notReady("There is no server"));
    }
}
