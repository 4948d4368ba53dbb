package dev.myproxy.backend;

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
import dev.myproxy.backend.LoginFailure.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's side from the connection to its OK: greeting, our handshake response, authentication in as many rounds
 * as the server wants. Tells a {@link LoginTask} how it went, once. The credentials stay as they are: whoever made them
 * wipes them.
 */
public final class BackendLogin extends ChannelInboundHandlerAdapter {

    private static final String CONNECTION_ERROR = "Connection error";

    private final LoginTask task;
    private final HandshakeResponse client;
    private final BackendAuths auths;
    private final Duration limit;
    private final Blocking blocking;
    private final PacketAssembler assembler = new PacketAssembler();
    private Capabilities capabilities = Capabilities.NONE;
    private @Nullable BackendAuth auth;
    private @Nullable ScheduledFuture<?> timeout;
    private boolean greeted;
    private boolean responseSent;
    private boolean done;

    /** Where steps run that take too long for an event loop. */
    @FunctionalInterface
    public interface Blocking {

        /** Runs a step elsewhere; the future completes on the event loop. */
        Future<AuthStep> run(Callable<AuthStep> step);
    }

    /**
     * @param client   the handshake response of the client that the login is for, whose wishes the server gets
     * @param auths    what to log in with
     * @param limit    how long the login may take once the connection stands
     * @param blocking runs what would block the event loop
     */
    public BackendLogin(LoginTask task, HandshakeResponse client, BackendAuths auths, Duration limit,
            Blocking blocking) {
        this.task = task;
        this.client = client;
        this.auths = auths;
        this.limit = limit;
        this.blocking = blocking;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (task.isOver()) {
            var _ = context.close();
            return;
        }
        task.connected();
        timeout = context.executor().schedule(() -> fail(Kind.IMPOSSIBLE, "Timeout: login to the server",
                CONNECTION_ERROR), limit.toNanos(), TimeUnit.NANOSECONDS);
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
                task.received();
                received(context, assembler.payload());
            }
        } catch (MalformedPacketException e) {
            fail(Kind.MALFORMED, "Malformed packet from server: " + e.getMessage(),
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
        greeted = true;
        task.greeted(greeting);
        Capabilities missing = BackendCapabilities.missing(client.capabilities(), greeting.capabilities());
        if (!missing.isEmpty()) {
            String text = "Server lacks what the client was offered: " + missing;
            fail(Kind.IMPOSSIBLE, text, text);
            return;
        }
        capabilities = BackendCapabilities.request(client.capabilities(), greeting.capabilities());
        begin(context, auths.forGreeting(greeting));
    }

    private void refuse(String what, ByteBuf payload) {
        ErrPacket error = ServerErrors.withSqlState(ErrPacket.read(payload));
        finish();
        task.refused(greeted, what + ": " + error.message().utf8(), error);
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
        blocking.run(step::get).onComplete(computed -> {
            if (isOver()) {
                return;
            }
            if (computed.failed()) {
                fail(Kind.IMPOSSIBLE, "Authentication failed: " + computed.cause(), CONNECTION_ERROR);
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
                    fail(Kind.IMPOSSIBLE, text,
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
        task.accepted(
                new LoginTask.Accepted(context.channel(), capabilities, payload.retainedSlice(), assembler.takeRest()));
    }

    private void protocolError(String text) {
        fail(Kind.MALFORMED, text, text);
    }

    private void fail(Kind kind, String message, String clientText) {
        if (!done) {
            finish();
            task.failed(new LoginFailure(kind, greeted, message, clientText));
        }
    }

    private void closed(String message) {
        fail(Kind.CLOSED, message, message);
    }

    private boolean isOver() {
        return done || task.isOver();
    }

    private void finish() {
        done = true;
        if (timeout != null) {
            timeout.cancel(false);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        closed("Server closed the connection");
        assembler.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed("Server closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(Kind.CLOSED, "Error on connection to server: " + ErrorText.of(cause),
                "Error on connection to server");
    }
}
