package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.auth.ClientPassword;
import dev.myproxy.auth.Secret;
import dev.myproxy.backend.LoginTask;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.Greeting;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.protocol.OkPacket;
import dev.myproxy.script.Candidates;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.session.meters.Phase;
import dev.myproxy.session.meters.SessionCounter;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * From the client's handshake response to the server's OK: asks the script, has a server found by {@link ServerSearch} and
 * logged in to, and hands over to {@link CommandPhase}. Lives on the session's event loop.
 */
final class Login {

    private final Session session;
    private final HandshakeResponse response;
    private final Secret password;
    private final int nextSequenceId;
    private final WaitingClient waiting;
    private Optional<Decision.Connect> choice = Optional.empty();

    /**
     * @param response   what the client sent
     * @param password   the client's, wiped when the script has decided
     * @param nextSequenceId of the answer
     * @param waiting    holds what the client sent early
     */
    private Login(Session session, HandshakeResponse response, Secret password, int nextSequenceId,
            WaitingClient waiting) {
        this.session = session;
        this.response = response;
        this.password = password;
        this.nextSequenceId = nextSequenceId;
        this.waiting = waiting;
    }

    /**
     * Begins a login with a client's answer: with the password in it, or after the client has switched to the plugin that
     * sends it.
     *
     * @param rest what was received behind the answer; taken over
     */
    static void begin(Session session, HandshakeResponse response, int nextSequenceId, ByteBuf rest) {
        boolean canSwitch = response.capabilities().has(Capability.PLUGIN_AUTH);
        Optional<Secret> password = ClientPassword.read(response.answer(), response.plugin(), canSwitch);
        if (password.isPresent()) {
            begin(session, response, password.get(), nextSequenceId, rest);
        } else if (canSwitch) {
            session.becomes(new PasswordSwitch(session, response, nextSequenceId, rest));
        } else {
            rest.release();
            notSupported(session, nextSequenceId);
        }
    }

    /** Begins a login with a password. */
    static void begin(Session session, HandshakeResponse response, Secret password, int nextSequenceId, ByteBuf rest) {
        WaitingClient waiting = new WaitingClient(session, nextSequenceId, rest);
        session.becomes(waiting);
        new Login(session, response, password, nextSequenceId, waiting).start();
    }

    /** Ends the session because the client can't tell us its password. */
    static void notSupported(Session session, int nextSequenceId) {
        session.fail(DisconnectCause.CLIENT_MALFORMED,
                "Client does not send its password with " + ClientPassword.PLUGIN.utf8(), nextSequenceId,
                ClientErrors.NOT_SUPPORTED_CLIENT);
    }

    private void start() {
        session.log().login(response.user(), response.database());
        session.server().residence().loginAs(response.user());
        session.enter(Phase.DECISION);
        session.ask(new ScriptEvent.HandshakeResponse(session.client(), response.user(), password,
                response.database()), this::decided);
    }

    private void decided(Decision decision) {
        password.clear();
        if (session.hasEnded()) {
            if (decision instanceof Decision.Connect connect) {
                connect.credentials().clear();
            }
            return;
        }
        switch (decision) {
            case Decision.Connect connect -> choose(connect);
            case Decision.Refuse refusal ->
                session.refuse(DisconnectCause.SCRIPT_REFUSED, nextSequenceId, ClientErrors.login(refusal));
            default -> session.fail(DisconnectCause.SCRIPT_FAILED, ScriptFailure.message(decision), nextSequenceId,
                    ClientErrors.handshake(ScriptFailure.CLIENT_TEXT));
        }
    }

    private void choose(Decision.Connect decision) {
        choice = Optional.of(decision);
        session.enter(Phase.CONNECT);
        session.server().keep(decision.credentials());
        ByteString account = session.client().account().orElse(ByteString.EMPTY);
        if (!isWithinLimit(account)) {
            return;
        }
        Future<Candidates> candidates = decision.upstream().candidates(account, decision.readOnly());
        if (candidates.isComplete()) {
            chosen(decision, candidates);
        } else {
            candidates.onComplete(_ -> session.channel().eventLoop().execute(() -> chosen(decision, candidates)));
        }
    }

    private void chosen(Decision.Connect decision, Future<Candidates> candidates) {
        if (session.hasEnded()) {
            return;
        }
        if (candidates.succeeded()) {
            new ServerSearch(session, this, response, decision, candidates.result()).next();
        } else {
            notReady(String.valueOf(candidates.cause().getMessage()));
        }
    }

    /** Counts the session for its account; ends it if there are too many. Clients without an account are not limited. */
    private boolean isWithinLimit(ByteString account) {
        if (account.isEmpty()) {
            return true;
        }
        OptionalInt most = session.sessions().admission().enter(session.id(), account);
        if (most.isPresent()) {
            session.meters().count(SessionCounter.OVER_LIMIT);
            session.fail(DisconnectCause.ACCOUNT_LIMIT,
                    "Too many sessions of the account: limits{per_account = " + most.getAsInt() + "}",
                    nextSequenceId, ClientErrors.accountLimit(account, most.getAsInt()));
        }
        return most.isEmpty();
    }

    /** There is no server to try. */
    void notReady(String message) {
        session.fail(DisconnectCause.NOT_READY, message, nextSequenceId, ClientErrors.handshake(message));
    }

    /** No server has greeted; the log knows why. */
    void unreachable(ServerFailure failure) {
        session.refuse(failure.cause(), nextSequenceId, failure.error());
    }

    void greeted(Address server, Greeting greeting) {
        session.sessions().offers().greeted(session.client().listener(),
                session.server().route().orElseThrow().upstream(), server, greeting.capabilities());
        session.client().setServerVersion(greeting.version());
        session.log().greeted(greeting.version());
        session.server().residence().greeted(greeting.connectionId());
    }

    void accepted(LoginTask.Accepted login) {
        session.server().residence().settle(session.server().route().orElseThrow().server(), choice.orElseThrow(),
                response.charset());
        session.server().arrive();
        CommandPhase commands = new CommandPhase(session, login.channel(), ClientTraits.of(response),
                login.capabilities());
        commands.loggedIn(choice.orElseThrow().credentials().database().untilNul(),
                OkPacket.read(login.ok().duplicate(), login.capabilities()));
        session.entersCommandPhase(commands);
        session.pass(nextSequenceId, login.ok());
        commands.begin(waiting.takeEarlyData(), login.rest());
    }

    /** The server that has greeted did not accept the login. */
    void failed(ServerFailure failure) {
        session.fail(failure.cause(), failure.reason(), nextSequenceId, failure.error());
    }
}
