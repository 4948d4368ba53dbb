package dev.myproxy.session;

import dev.myproxy.auth.BackendAuths;
import dev.myproxy.backend.BackendChangeUser;
import dev.myproxy.backend.LoginFailure;
import dev.myproxy.backend.LoginTask;
import dev.myproxy.metrics.ServerCounter;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.session.meters.Phase;
import dev.myproxy.session.meters.SessionCounter;

/** A session that stays at its server and logs in there as another user: the {@link Login} hears how it goes. */
final class ServerStay implements LoginTask, Approach {

    private final Session session;
    private final Login login;

    ServerStay(Session session, Login login) {
        this.session = session;
        this.login = login;
    }

    void begin(ParkedServer server, HandshakeResponse response, BackendAuths auths) {
        session.enter(Phase.LOGIN);
        server.resume(new BackendChangeUser(this, response, server.capabilities(), auths,
                session.settings().backendLoginTimeout(), step -> session.context().executeBlocking(step, false)));
    }

    @Override
    public boolean isOver() {
        return session.hasEnded();
    }

    @Override
    public void received() {
        session.seat().count(ServerCounter.PACKETS_RECEIVED);
    }

    @Override
    public void accepted(Accepted accepted) {
        session.meters().count(SessionCounter.AUTH_OK);
        login.accepted(accepted);
    }

    @Override
    public void refused(boolean greeted, String message, ErrPacket error) {
        session.meters().count(SessionCounter.AUTH_ERR);
        login.failed(ServerFailure.refused(message, error));
    }

    @Override
    public void failed(LoginFailure failure) {
        if (failure.kind() == LoginFailure.Kind.MALFORMED) {
            session.seat().count(ServerCounter.MALFORMED_PACKETS);
        }
        login.failed(ServerFailure.of(failure));
    }

    /** The server has the new user's name already, and may have answered. */
    @Override
    public boolean giveUp(String reason) {
        return false;
    }
}
