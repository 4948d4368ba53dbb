package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.auth.AuthMode;
import dev.myproxy.auth.ClientAnswer;
import dev.myproxy.auth.ClientAuth;
import dev.myproxy.auth.ClientStep;
import dev.myproxy.auth.Secret;
import dev.myproxy.backend.LoginTask;
import dev.myproxy.protocol.AuthMoreData;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.Greeting;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.protocol.OkPacket;
import dev.myproxy.protocol.Packets;
import dev.myproxy.script.Candidates;
import dev.myproxy.script.Decision;
import dev.myproxy.script.LoginDetails;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.session.meters.Phase;
import dev.myproxy.session.meters.SessionCounter;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * From the client's handshake response to the server's OK: asks the script, has a server found by {@link ServerSearch} and
 * logged in to, and hands over to {@link CommandPhase}. Lives on the session's event loop.
 */
final class Login {

    /** The client's answer was enough, says caching_sha2_password. */
    private static final AuthMoreData FAST_SUCCESS = new AuthMoreData(ByteString.copyOf(new byte[]{3}));

    private final Session session;
    private final HandshakeResponse response;
    private final ClientProof proof;
    private final Optional<Secret> password;
    private int nextSequenceId;
    private WaitingClient waiting;
    private ByteString serverVersion = ByteString.EMPTY;
    private Optional<Decision.Connect> choice = Optional.empty();

    /**
     * @param response       what the client sent
     * @param first          its answer to what it was asked for
     * @param password       the client's, wiped when the script has decided; empty if the script does not see it
     * @param nextSequenceId of the answer
     * @param rest           what was received behind the client's last packet; taken over
     */
    private Login(Session session, HandshakeResponse response, ClientAnswer first, Optional<Secret> password,
            int nextSequenceId, ByteBuf rest) {
        this.session = session;
        this.response = response;
        this.password = password;
        this.nextSequenceId = nextSequenceId;
        this.proof = new ClientProof(session, this, first, password);
        this.waiting = new WaitingClient(session, nextSequenceId, rest);
    }

    /**
     * Begins a login with a client's answer to the greeting.
     *
     * @param rest what was received behind the answer; taken over
     */
    static void greeted(Session session, HandshakeResponse response, int nextSequenceId, ByteBuf rest) {
        begin(session, response, true, nextSequenceId, rest);
    }

    /** Begins a login with COM_CHANGE_USER. */
    static void change(Session session, HandshakeResponse response, int nextSequenceId, ByteBuf rest) {
        begin(session, response, false, nextSequenceId, rest);
    }

    private static void begin(Session session, HandshakeResponse response, boolean greeted, int nextSequenceId,
            ByteBuf rest) {
        ClientAnswer first = new ClientAnswer(response.plugin(), response.answer(), session.salt(),
                response.capabilities().has(Capability.PLUGIN_AUTH),
                greeted && response.plugin().equals(ClientProof.greetedPlugin(session.options().auth())));
        if (session.options().auth() != AuthMode.PASSWORD) {
            new Login(session, response, first, Optional.empty(), nextSequenceId, rest).start();
            return;
        }
        ClientDialogue.hold(session, ClientProof.passwordRequest(session, ClientLibrary.of(response), first),
                response.user(), nextSequenceId,
                rest, result -> {
                    Secret password = ((ClientStep.Password) result.step()).password();
                    new Login(session, response, first, Optional.of(password), result.nextSequenceId(),
                            result.rest()).start();
                });
    }

    /** Ends the session of a client that is too old to tell us its password. */
    static void notSupported(Session session, int nextSequenceId) {
        session.fail(DisconnectCause.CLIENT_MALFORMED, "Client is older than MySQL 4.1", nextSequenceId,
                ClientErrors.NOT_SUPPORTED_CLIENT);
    }

    private void start() {
        session.becomes(waiting);
        session.log().login(response.user(), response.database());
        session.server().residence().loginAs(response.user());
        session.enter(Phase.DECISION);
        LoginDetails details = new LoginDetails(response.charset(), response.capabilities(),
                response.attributes().orElse(ByteString.EMPTY), response.plugin());
        session.ask(new ScriptEvent.HandshakeResponse(session.client(), response.user(),
                password.orElseGet(Secret::empty), response.database(), details, proof), this::decided);
    }

    /** Asks the client for a proof while the script waits. */
    void ask(ClientAuth auth, Consumer<ClientStep> learnt) {
        ClientDialogue.hold(session, auth, response.user(), nextSequenceId, waiting.takeEarly(), result -> {
            nextSequenceId = result.nextSequenceId();
            waiting = new WaitingClient(session, nextSequenceId, result.rest());
            session.becomes(waiting);
            learnt.accept(result.step());
        });
    }

    /** What the client is made of. */
    ClientLibrary library() {
        return ClientLibrary.of(response);
    }

    private void decided(Decision decision) {
        switch (decision) {
            case Decision.Connect connect when session.hasEnded() -> connect.credentials().clear();
            case Decision.Connect connect -> {
                session.server().keep(connect.credentials());
                proof.satisfy(() -> complete(connect));
            }
            case Decision.Refuse refusal ->
                session.refuse(DisconnectCause.SCRIPT_REFUSED, nextSequenceId, ClientErrors.login(refusal));
            default -> fail(ScriptFailure.message(decision));
        }
        proof.end();
    }

    private void fail(String message) {
        session.fail(DisconnectCause.SCRIPT_FAILED, message, nextSequenceId,
                ClientErrors.handshake(ScriptFailure.CLIENT_TEXT));
    }

    /** What the script does not say is what the client has proved to know. */
    private void complete(Decision.Connect decision) {
        proof.complete(decision.credentials()).ifPresentOrElse(
                credentials -> choose(new Decision.Connect(decision.upstream(), credentials, decision.options())),
                () -> fail("client:connect has neither password nor password_sha1, and with auth = '"
                        + session.options().auth().label()
                        + "' there is none unless handshake_response:verify(hash) was true"));
    }

    private void choose(Decision.Connect decision) {
        choice = Optional.of(decision);
        session.enter(Phase.CONNECT);
        session.server().keep(decision.credentials());
        ByteString account = session.client().account().orElse(ByteString.EMPTY);
        if (!isWithinLimit(account)) {
            return;
        }
        Future<Candidates> candidates = decision.upstream().candidates(account, decision.options().readOnly());
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
        serverVersion = greeting.version();
        session.log().greeted(greeting.version());
        session.server().residence().greeted(greeting.connectionId());
    }

    void accepted(LoginTask.Accepted login) {
        session.sessions().versions().loggedIn(session.client().listener(), serverVersion);
        session.server().residence().settle(session.server().route().orElseThrow().server(), choice.orElseThrow(),
                response.charset());
        session.server().arrive();
        CommandPhase commands = new CommandPhase(session, login.channel(), ClientTraits.of(response),
                login.capabilities());
        OkPacket ok = OkPacket.read(login.ok().duplicate(), login.capabilities());
        commands.loggedIn(choice.orElseThrow().credentials().database().untilNul(), ok);
        session.entersCommandPhase(commands);
        if (proof.awaitsVerdict()) {
            session.send(nextSequenceId, FAST_SUCCESS::write);
            nextSequenceId = Packets.next(nextSequenceId);
        }
        if (proof.seal().isPresent()) {
            login.ok().release();
            session.send(nextSequenceId,
                    to -> ok.withMessage(proof.seal().orElseThrow()).write(to, login.capabilities()));
        } else {
            session.pass(nextSequenceId, login.ok());
        }
        commands.begin(waiting.takeEarlyData(), login.rest());
    }

    /** The server that has greeted did not accept the login. */
    void failed(ServerFailure failure) {
        session.fail(failure.cause(), failure.reason(), nextSequenceId, failure.error());
    }
}
