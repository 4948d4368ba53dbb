package dev.myproxy.session;

import dev.myproxy.auth.AuthStep;
import dev.myproxy.auth.BackendAuth;
import dev.myproxy.auth.BackendAuths;
import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.AuthMoreData;
import dev.myproxy.protocol.AuthSwitchRequest;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.Greeting;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.OkPacket;
import dev.myproxy.protocol.PacketAssembler;
import dev.myproxy.protocol.Packets;
import dev.myproxy.transport.ErrorText;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's side from the connection to its OK: greeting, our handshake response, authentication in as many rounds
 * as the server wants. Tells a {@link Result} how it went, once. Wipes the credentials at the end.
 */
final class BackendLogin extends ChannelInboundHandlerAdapter {

    /** Told how the login went, on the session's event loop. */
    interface Result {

        void accepted(Accepted login);

        /**
         * The server said no.
         *
         * @param message for the log
         * @param error   the server's, for the client
         */
        void refused(String message, ErrPacket error);

        /**
         * It came to no decision of the server.
         *
         * @param message    for the log
         * @param clientText for the client
         */
        void failed(DisconnectCause cause, String message, String clientText);
    }

    /**
     * A login that worked. The channel's reading is off.
     *
     * @param channel      the backend's
     * @param capabilities that both legs have
     * @param ok           payload of the server's OK packet; the receiver releases it
     * @param rest         what was received behind it; the receiver releases it
     */
    record Accepted(Channel channel, Capabilities capabilities, ByteBuf ok, ByteBuf rest) {}

    private static final String CONNECTION_ERROR = "Connection error";

    private final Session session;
    private final HandshakeResponse client;
    private final BackendAuths auths;
    private final Result result;
    private final PacketAssembler assembler = new PacketAssembler();
    private Capabilities capabilities = Capabilities.NONE;
    private @Nullable BackendAuth auth;
    private @Nullable ScheduledFuture<?> timeout;
    private boolean responseSent;
    private boolean done;

    /**
     * @param client      the client's handshake response, whose wishes the server gets
     * @param auths  whose credentials are wiped when the login is over
     */
    BackendLogin(Session session, HandshakeResponse client, BackendAuths auths, Result result) {
        this.session = session;
        this.client = client;
        this.auths = auths;
        this.result = result;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (session.hasEnded()) {
            var _ = context.close();
            return;
        }
        session.enter(Phase.LOGIN);
        timeout = context.executor().schedule(() -> fail(DisconnectCause.LOGIN_FAILED, "Timeout: login to the server",
                CONNECTION_ERROR), session.settings().backendLoginTimeout().toNanos(), TimeUnit.NANOSECONDS);
        context.channel().config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isOver()) {
            ((ByteBuf) message).release();
            return;
        }
        try {
            assembler.feed((ByteBuf) message);
            while (!isOver() && assembler.next()) {
                received(context, assembler.payload());
            }
        } catch (MalformedPacketException e) {
            fail(DisconnectCause.SERVER_MALFORMED, "Malformed packet from server: " + e.getMessage(),
                    "Malformed packet from server");
        }
    }

    private void received(ChannelHandlerContext context, ByteBuf payload) {
        if (!payload.isReadable()) {
            throw new MalformedPacketException("empty packet");
        }
        int first = payload.getUnsignedByte(payload.readerIndex());
        if (auth == null) {
            greeted(context, payload, first);
            return;
        }
        switch (first) {
            case OkPacket.HEADER -> accept(context, payload);
            case ErrPacket.HEADER -> refuse("Login refused by server", payload);
            case AuthSwitchRequest.HEADER -> switchAuth(context, payload);
            case AuthMoreData.HEADER -> {
                BackendAuth plugin = auth;
                ByteString data = AuthMoreData.read(payload).data();
                compute(context, plugin, () -> plugin.more(data));
            }
            default -> protocolError("Unexpected server reply to HandshakeResponse");
        }
    }

    private void greeted(ChannelHandlerContext context, ByteBuf payload, int first) {
        if (first == ErrPacket.HEADER) {
            refuse("Connection rejected by server", payload);
            return;
        }
        Greeting greeting = Greeting.read(payload);
        session.client().setServerVersion(greeting.version());
        session.log().greeted(greeting.version());
        Capabilities missing = BackendCapabilities.missing(client.capabilities(), greeting.capabilities());
        if (!missing.isEmpty()) {
            String text = "Server lacks what the client was offered: " + missing;
            fail(DisconnectCause.LOGIN_FAILED, text, text);
            return;
        }
        capabilities = BackendCapabilities.request(client.capabilities(), greeting.capabilities());
        begin(context, auths.forGreeting(greeting));
    }

    private void refuse(String what, ByteBuf payload) {
        ErrPacket error = ServerErrors.withSqlState(ErrPacket.read(payload));
        finish();
        result.refused(what + ": " + error.message().utf8(), error);
    }

    private void switchAuth(ChannelHandlerContext context, ByteBuf payload) {
        auths.forSwitch(AuthSwitchRequest.read(payload)).ifPresentOrElse(plugin -> begin(context, plugin),
                () -> protocolError("Unsupported auth_plugin"));
    }

    private void begin(ChannelHandlerContext context, BackendAuth plugin) {
        auth = plugin;
        compute(context, plugin, plugin::start);
    }

    /** Takes the plugin's next step, off the event loop if it may take long. */
    private void compute(ChannelHandlerContext context, BackendAuth plugin, Supplier<AuthStep> step) {
        if (!plugin.isBlocking()) {
            take(context, step.get());
            return;
        }
        session.context().executeBlocking(step::get, false).onComplete(computed -> {
            if (isOver()) {
                return;
            }
            if (computed.failed()) {
                fail(DisconnectCause.LOGIN_FAILED, "Authentication failed: " + computed.cause(), CONNECTION_ERROR);
            } else {
                take(context, computed.result());
            }
        });
    }

    private void take(ChannelHandlerContext context, AuthStep step) {
        switch (step) {
            case AuthStep.Send(var answer) -> send(context, answer);
            case AuthStep.Wait() -> {
            }
            case AuthStep.Fail(var reason, var text) -> {
                if (reason == AuthStep.Reason.PROTOCOL) {
                    protocolError(text);
                } else {
                    fail(DisconnectCause.LOGIN_FAILED, text,
                            reason == AuthStep.Reason.POLICY ? text : CONNECTION_ERROR);
                }
            }
        }
    }

    private void send(ChannelHandlerContext context, AuthAnswer answer) {
        boolean first = !responseSent;
        responseSent = true;
        ByteBuf packet = Packets.frame(context.alloc(), Packets.next(assembler.sequenceId()), to -> {
            if (first) {
                response(answer).write(to);
            } else {
                to.writeBytes(answer.bytes());
            }
        });
        answer.wipe();
        var _ = context.writeAndFlush(packet, context.voidPromise());
    }

    private HandshakeResponse response(AuthAnswer answer) {
        ByteString database = auths.credentials().database().untilNul();
        return new HandshakeResponse(capabilities, client.maxPacketBytes(), client.charset(),
                auths.credentials().user().untilNul(), answer,
                database.isEmpty() ? Optional.empty() : Optional.of(database),
                Objects.requireNonNull(auth).plugin(), client.attributes(), 0);
    }

    /** Passes the OK on as it is, once it is known to be one: after it, the client could not be told of a failed login. */
    private void accept(ChannelHandlerContext context, ByteBuf payload) {
        OkPacket.read(payload.duplicate(), capabilities);
        context.channel().config().setAutoRead(false);
        finish();
        result.accepted(new Accepted(context.channel(), capabilities, payload.retainedSlice(), assembler.takeRest()));
    }

    private void protocolError(String text) {
        fail(DisconnectCause.SERVER_MALFORMED, text, text);
    }

    private void fail(DisconnectCause cause, String message, String clientText) {
        if (!done) {
            finish();
            result.failed(cause, message, clientText);
        }
    }

    private boolean isOver() {
        return done || session.hasEnded();
    }

    private void finish() {
        done = true;
        auths.credentials().clear();
        if (timeout != null) {
            timeout.cancel(false);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        finish();
        assembler.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(DisconnectCause.SERVER_CLOSED, "Server closed the connection", "Server closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(DisconnectCause.SERVER_CLOSED, "Error on connection to server: " + ErrorText.of(cause),
                "Error on connection to server");
    }
}
