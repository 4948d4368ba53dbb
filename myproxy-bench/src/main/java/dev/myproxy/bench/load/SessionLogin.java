package dev.myproxy.bench.load;

import dev.myproxy.auth.AuthStep;
import dev.myproxy.auth.BackendAuth;
import dev.myproxy.auth.BackendAuths;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Safety;
import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.AuthMoreData;
import dev.myproxy.protocol.AuthSwitchRequest;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.Greeting;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.OkPacket;
import dev.myproxy.protocol.PacketAssembler;
import dev.myproxy.protocol.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Optional;
import java.util.function.Consumer;

/** A client's side of a login, with whatever plugin the other side asks for; then gives its place to a {@link Session}. */
final class SessionLogin extends ChannelInboundHandlerAdapter {

    private static final Capabilities WANTED = Capabilities.of(Capability.LONG_PASSWORD, Capability.LONG_FLAG,
            Capability.LOCAL_FILES, Capability.PROTOCOL_41, Capability.TRANSACTIONS, Capability.SECURE_CONNECTION,
            Capability.MULTI_RESULTS, Capability.PS_MULTI_RESULTS, Capability.PLUGIN_AUTH,
            Capability.PLUGIN_AUTH_LENENC, Capability.CONNECT_WITH_DB, Capability.DEPRECATE_EOF);
    private static final long MAX_PACKET_BYTES = 1 << 30;
    private static final int UTF8MB4 = 45;

    private final BackendAuths auths;
    private final boolean encrypted;
    private final Duty duty;
    private final PacketAssembler packets = new PacketAssembler();
    private Capabilities capabilities = Capabilities.NONE;
    private Optional<BackendAuth> plugin = Optional.empty();
    private Runnable onceEncrypted = () -> {};

    /** @param encrypted whether to go on with TLS */
    SessionLogin(Credentials credentials, boolean encrypted, Duty duty) {
        this.encrypted = encrypted;
        // The passwords are of no worth: they were made for the occasion, or the user gave them for this server.
        this.auths = new BackendAuths(credentials, Safety.LOOPBACK, true);
        this.duty = duty;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        packets.feed((ByteBuf) message);
        try {
            while (packets.next()) {
                if (received(context, packets.payload())) {
                    become(context);
                    return;
                }
            }
        } catch (MalformedPacketException | LoadException e) {
            packets.close();
            fail(context, String.valueOf(e.getMessage()));
        }
    }

    /** Whether the login is over. */
    private boolean received(ChannelHandlerContext context, ByteBuf payload) throws LoadException {
        int first = payload.getUnsignedByte(payload.readerIndex());
        if (first == ErrPacket.HEADER) {
            ErrPacket err = ErrPacket.read(payload);
            throw new LoadException("Login refused: " + err.message().utf8() + " (" + err.code() + ")");
        }
        if (plugin.isEmpty()) {
            greeted(context, Greeting.read(payload));
            return false;
        }
        switch (first) {
            case OkPacket.HEADER -> {
                return true;
            }
            case AuthSwitchRequest.HEADER -> {
                AuthSwitchRequest request = AuthSwitchRequest.read(payload);
                BackendAuth next = auths.forSwitch(request)
                        .orElseThrow(() -> new LoadException("Unknown authentication " + request.plugin().utf8()));
                plugin = Optional.of(next);
                answer(next.start(), answer -> send(context, to -> to.writeBytes(answer.bytes())));
            }
            case AuthMoreData.HEADER -> answer(plugin.get().more(AuthMoreData.read(payload).data()),
                    answer -> send(context, to -> to.writeBytes(answer.bytes())));
            default -> throw new LoadException("Unknown packet in the login: " + first);
        }
        return false;
    }

    private void greeted(ChannelHandlerContext context, Greeting greeting) throws LoadException {
        BackendAuth first = auths.forGreeting(greeting);
        plugin = Optional.of(first);
        capabilities = WANTED.and(greeting.capabilities());
        AuthStep step = first.start();
        if (!encrypted) {
            respond(context, first, step, Packets.next(packets.sequenceId()));
            return;
        }
        if (!greeting.capabilities().has(Capability.SSL)) {
            throw new LoadException("TLS is not offered");
        }
        capabilities = capabilities.with(Capability.SSL);
        int sequenceId = Packets.next(packets.sequenceId());
        send(context, sequenceId, to -> HandshakeResponse.writeSslRequest(to, capabilities, MAX_PACKET_BYTES, UTF8MB4));
        onceEncrypted = () -> {
            try {
                respond(context, first, step, Packets.next(sequenceId));
            } catch (LoadException e) {
                fail(context, String.valueOf(e.getMessage()));
            }
        };
        context.pipeline().addFirst(Encryption.handler(context.channel()));
    }

    private void respond(ChannelHandlerContext context, BackendAuth first, AuthStep step, int sequenceId)
            throws LoadException {
        ByteString database = auths.credentials().database();
        answer(step, answer -> send(context, sequenceId, new HandshakeResponse(capabilities, MAX_PACKET_BYTES, UTF8MB4,
                auths.credentials().user(), answer, database.isEmpty() ? Optional.empty() : Optional.of(database),
                first.plugin(), Optional.empty(), 0)::write));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent shaken) {
            if (shaken.isSuccess()) {
                onceEncrypted.run();
            } else {
                fail(context, "TLS failed: " + shaken.cause());
            }
        }
    }

    private static void answer(AuthStep step, Consumer<AuthAnswer> send) throws LoadException {
        switch (step) {
            case AuthStep.Send(AuthAnswer answer) -> send.accept(answer);
            case AuthStep.Wait _ -> {
                // the next packet tells
            }
            case AuthStep.Fail(var _, String message) -> throw new LoadException(message);
        }
    }

    private void send(ChannelHandlerContext context, Consumer<ByteBuf> payload) {
        send(context, Packets.next(packets.sequenceId()), payload);
    }

    private static void send(ChannelHandlerContext context, int sequenceId, Consumer<ByteBuf> payload) {
        var _ = context.writeAndFlush(Packets.frame(context.alloc(), sequenceId, payload), context.voidPromise());
    }

    private void become(ChannelHandlerContext context) {
        packets.close();
        Session session = new Session(context.channel(), capabilities, duty);
        context.pipeline().replace(this, "session", session);
        duty.loggedIn(session);
    }

    private void fail(ChannelHandlerContext context, String reason) {
        var _ = context.close();
        duty.failed(reason);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        packets.close();
        duty.failed("The connection ended before the login was over");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, "The login broke off: " + cause);
    }
}
