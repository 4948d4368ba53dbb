package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.auth.BackendAuths;
import dev.myproxy.auth.Credentials;
import dev.myproxy.backend.BackendLogin;
import dev.myproxy.backend.LoginFailure;
import dev.myproxy.backend.LoginTask;
import dev.myproxy.protocol.Greeting;
import dev.myproxy.auth.ClientPassword;
import dev.myproxy.auth.Safety;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.transport.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.Optional;

/**
 * From the client's handshake response to the server's OK: asks the script, connects to the server it chose, logs in
 * there, and hands over to {@link CommandPhase}. Lives on the session's event loop.
 */
final class Login implements LoginTask {

    private final Session session;
    private final HandshakeResponse response;
    private final Secret password;
    private final int nextSequenceId;
    private final WaitingClient waiting;
    private Optional<Credentials> credentials = Optional.empty();

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
        Optional<Secret> password = ClientPassword.read(response.answer(), response.plugin());
        if (password.isPresent()) {
            begin(session, response, password.get(), nextSequenceId, rest);
        } else if (response.capabilities().has(Capability.PLUGIN_AUTH)) {
            session.becomes(new PasswordSwitch(session, response, nextSequenceId, rest));
        } else {
            rest.release();
            session.notSupported(nextSequenceId);
        }
    }

    /** Begins a login with a password. */
    static void begin(Session session, HandshakeResponse response, Secret password, int nextSequenceId, ByteBuf rest) {
        WaitingClient waiting = new WaitingClient(session, nextSequenceId, rest);
        session.becomes(waiting);
        new Login(session, response, password, nextSequenceId, waiting).start();
    }

    private void start() {
        session.log().login(response.user(), response.database());
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
        session.enter(Phase.CONNECT);
        ByteString account = session.client().account().orElse(ByteString.EMPTY);
        decision.upstream().candidates(account, decision.readOnly())
                .onComplete(chosen -> session.channel().eventLoop().execute(() -> {
                    if (session.hasEnded()) {
                        decision.credentials().clear();
                    } else if (chosen.failed()) {
                        decision.credentials().clear();
                        connectFailed(String.valueOf(chosen.cause().getMessage()));
                    } else {
                        connect(chosen.result().next().orElseThrow(), decision);
                    }
                }));
    }

    private void connect(Address address, Decision.Connect decision) {
        credentials = Optional.of(decision.credentials());
        session.log().connecting(address);
        session.connectsTo(new Route(decision.upstream(), decision.readOnly(), address));
        BackendAuths auths = new BackendAuths(decision.credentials(), safety(address), decision.allowCleartext());
        Transport transport = session.sessions().transport();
        Future<Channel> connection = transport.connect(session.channel().eventLoop(), address,
                new BackendLogin(this, response, auths, session.settings().backendLoginTimeout(),
                        step -> session.context().executeBlocking(step, false)),
                decision.connectTimeout().orElse(session.settings().connectTimeout()));
        session.connectsThrough(connection);
        connection.addListener(_ -> {
            if (!connection.isSuccess()) {
                decision.credentials().clear();
                if (!session.hasEnded()) {
                    connectFailed(transport.describe(connection.cause(), address));
                }
            }
        });
    }

    private static Safety safety(Address address) {
        return switch (address) {
            case Address.Inet inet when inet.socket().getAddress().isLoopbackAddress() -> Safety.LOOPBACK;
            case Address.Inet _ -> Safety.NETWORK;
            case Address.UnixPath _,Address.Abstract _ -> Safety.UNIX_SOCKET;
        };
    }

    private void connectFailed(String message) {
        session.fail(DisconnectCause.CONNECT_FAILED, message, nextSequenceId,
                ClientErrors.handshake("Connection error"));
    }

    @Override
    public boolean isOver() {
        return session.hasEnded();
    }

    @Override
    public void connected() {
        session.enter(Phase.LOGIN);
    }

    @Override
    public void greeted(Greeting greeting) {
        session.client().setServerVersion(greeting.version());
        session.log().greeted(greeting.version());
    }

    @Override
    public void accepted(LoginTask.Accepted login) {
        wipe();
        CommandPhase commands = new CommandPhase(session, login.channel(), response, login.capabilities());
        session.entersCommandPhase(commands);
        session.pass(nextSequenceId, login.ok());
        commands.begin(waiting.takeEarlyData(), login.rest());
    }

    @Override
    public void refused(boolean greeted, String message, ErrPacket error) {
        wipe();
        session.fail(DisconnectCause.SERVER_REFUSED, message, nextSequenceId, error);
    }

    @Override
    public void failed(LoginFailure failure) {
        wipe();
        session.fail(cause(failure.kind()), failure.message(), nextSequenceId,
                ClientErrors.handshake(failure.clientText()));
    }

    private static DisconnectCause cause(LoginFailure.Kind kind) {
        return switch (kind) {
            case IMPOSSIBLE -> DisconnectCause.LOGIN_FAILED;
            case MALFORMED -> DisconnectCause.SERVER_MALFORMED;
            case CLOSED -> DisconnectCause.SERVER_CLOSED;
        };
    }

    private void wipe() {
        credentials.ifPresent(Credentials::clear);
    }
}
