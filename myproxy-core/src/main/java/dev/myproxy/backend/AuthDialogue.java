package dev.myproxy.backend;

import dev.myproxy.auth.AuthStep;
import dev.myproxy.auth.BackendAuth;
import dev.myproxy.auth.BackendAuths;
import dev.myproxy.backend.LoginFailure.Kind;
import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.AuthMoreData;
import dev.myproxy.protocol.AuthSwitchRequest;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.OkPacket;
import dev.myproxy.protocol.PacketAssembler;
import dev.myproxy.protocol.Packets;
import dev.myproxy.transport.ErrorText;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Authentication at a server, in as many rounds as the server wants, up to its OK. Tells a {@link LoginTask} how it went,
 * once. What it begins with is for the subclass: a greeting, or COM_CHANGE_USER. The credentials stay as they are: whoever
 * made them wipes them.
 */
abstract class AuthDialogue extends ChannelInboundHandlerAdapter {

    private static final String CONNECTION_ERROR = "Connection error";

    private final LoginTask task;
    private final BackendAuths auths;
    private final Duration limit;
    private final Blocking blocking;
    private final PacketAssembler assembler = new PacketAssembler();
    private @Nullable BackendAuth auth;
    private @Nullable ScheduledFuture<?> timeout;
    private boolean done;

    /**
     * @param auths    what to log in with
     * @param limit    how long the login may take from {@link #startReading} on
     * @param blocking runs what would block the event loop
     */
    AuthDialogue(LoginTask task, BackendAuths auths, Duration limit, Blocking blocking) {
        this.task = task;
        this.auths = auths;
        this.limit = limit;
        this.blocking = blocking;
    }

    /** What the server answers when it authenticates, for error texts. */
    abstract String request();

    /** The flags in force. */
    abstract Capabilities capabilities();

    /** Whether the server has greeted. */
    abstract boolean isGreeted();

    /** A packet of the server, not empty. The default: it belongs to the authentication. */
    void received(ChannelHandlerContext context, ByteBuf payload) {
        authenticate(context, payload);
    }

    /** Sends the answer of a plugin: the default is a packet of its own. */
    void send(ChannelHandlerContext context, BackendAuth plugin, AuthAnswer answer) {
        sendNext(context, to -> to.writeBytes(answer.bytes()));
    }

    /** Whether the server has sent something that nobody has looked at. */
    final boolean hasUnread() {
        return assembler.hasUnread();
    }

    final LoginTask task() {
        return task;
    }

    final BackendAuths auths() {
        return auths;
    }

    /** Takes what the server sends from now on, for a limited time. */
    final void startReading(ChannelHandlerContext context) {
        timeout = context.executor().schedule(this::timedOut, limit.toNanos(), TimeUnit.NANOSECONDS);
        context.channel().config().setAutoRead(true);
    }

    /** The time is over. */
    void timedOut() {
        fail(Kind.IMPOSSIBLE, "Timeout: login to the server", CONNECTION_ERROR);
    }

    /** Sends the packet that follows the server's last one. */
    final void sendNext(ChannelHandlerContext context, Consumer<ByteBuf> payload) {
        send(context, Packets.next(assembler.sequenceId()), payload);
    }

    /** Sends a packet. */
    static void send(ChannelHandlerContext context, int sequenceId, Consumer<ByteBuf> payload) {
        ByteBuf packet = Packets.frame(context.alloc(), sequenceId, payload);
        var _ = context.writeAndFlush(packet, context.voidPromise());
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
                if (!assembler.payload().isReadable()) {
                    throw new MalformedPacketException("empty packet");
                }
                received(context, assembler.payload());
            }
        } catch (MalformedPacketException e) {
            fail(Kind.MALFORMED, "Malformed packet from server: " + e.getMessage(),
                    "Malformed packet from server");
        }
    }

    private void authenticate(ChannelHandlerContext context, ByteBuf payload) {
        switch (payload.getUnsignedByte(payload.readerIndex())) {
            case OkPacket.HEADER -> accept(context, payload);
            case ErrPacket.HEADER -> refuse("Login refused by server", payload);
            case AuthSwitchRequest.HEADER -> switchAuth(context, payload);
            case AuthMoreData.HEADER -> more(context, payload);
            default -> unmarked(context, payload);
        }
    }

    private void more(ChannelHandlerContext context, ByteBuf payload) {
        BackendAuth plugin = auth;
        if (plugin == null) {
            unexpected();
            return;
        }
        ByteString data = AuthMoreData.read(payload).data();
        compute(context, plugin, () -> plugin.more(data));
    }

    private void unmarked(ChannelHandlerContext context, ByteBuf payload) {
        BackendAuth plugin = auth;
        if (plugin == null || !plugin.takesUnmarked()) {
            unexpected();
            return;
        }
        ByteString data = ByteString.read(payload, payload.readableBytes());
        compute(context, plugin, () -> plugin.more(data));
    }

    private void unexpected() {
        protocolError("Unexpected server reply to " + request());
    }

    /** The server said no. */
    final void refuse(String what, ByteBuf payload) {
        ErrPacket error = ServerErrors.withSqlState(ErrPacket.read(payload));
        finish();
        task.refused(isGreeted(), what + ": " + error.message().utf8(), error);
    }

    private void switchAuth(ChannelHandlerContext context, ByteBuf payload) {
        auths.forSwitch(AuthSwitchRequest.read(payload)).ifPresentOrElse(plugin -> begin(context, plugin),
                () -> protocolError("Unsupported auth_plugin"));
    }

    /** The plugin that answers from now on. */
    final void begin(ChannelHandlerContext context, BackendAuth plugin) {
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
            case AuthStep.Send(var answer) -> {
                send(context, Objects.requireNonNull(auth), answer);
                answer.wipe();
            }
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

    /** Passes the OK on as it is, once it is known to be one: after it, the client could not be told of a failed login. */
    private void accept(ChannelHandlerContext context, ByteBuf payload) {
        OkPacket.read(payload.duplicate(), capabilities());
        finish();
        task.accepted(new LoginTask.Accepted(context.channel(), capabilities(), payload.retainedSlice(),
                assembler.takeRest()));
    }

    final void protocolError(String text) {
        fail(Kind.MALFORMED, text, text);
    }

    final void fail(Kind kind, String message, String clientText) {
        if (!done) {
            finish();
            task.failed(new LoginFailure(kind, isGreeted(), message, clientText));
        }
    }

    private void closed(String message) {
        fail(Kind.CLOSED, message + whyClosed(), message + whyClosed());
    }

    /** What may be the reason if the server closes the connection without a word, to be put behind that. */
    String whyClosed() {
        return "";
    }

    /** Whether it is known how the login ended, or nobody wants to know. */
    final boolean isOver() {
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
        if (cause instanceof OutOfMemoryError) {
            fail(Kind.NO_MEMORY, "No memory is left for a login: " + cause.getMessage(), CONNECTION_ERROR);
            return;
        }
        fail(Kind.CLOSED, "Error on connection to server: " + ErrorText.of(cause) + whyClosed(),
                "Error on connection to server" + whyClosed());
    }
}
