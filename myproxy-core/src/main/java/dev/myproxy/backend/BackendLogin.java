package dev.myproxy.backend;

import dev.myproxy.address.Address;
import dev.myproxy.auth.BackendAuth;
import dev.myproxy.auth.BackendAuths;
import dev.myproxy.backend.LoginFailure.Kind;
import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.Greeting;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.proxyheader.Introduction;
import io.netty.buffer.ByteBuf;
import dev.myproxy.protocol.Capability;
import dev.myproxy.tls.Encryption;
import dev.myproxy.tls.TlsFailureKind;
import dev.myproxy.tls.ServerTls;
import dev.myproxy.tls.TlsFailure;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** The server's side from the connection to its OK: greeting, our handshake response, authentication. */
public final class BackendLogin extends AuthDialogue {

    /** Of our first packet behind the greeting, and of the one behind it. */
    private static final int FIRST = 1;

    private final HandshakeResponse client;
    private Optional<ServerTls> tls = Optional.empty();
    private Optional<Greeting> awaitsTls = Optional.empty();
    private int nextSequenceId = FIRST;
    private Capabilities capabilities = Capabilities.NONE;
    private boolean greeted;
    private boolean authenticating;
    private boolean responseSent;
    private Optional<Introduction> introduction = Optional.empty();

    /**
     * @param client   the handshake response of the client that the login is for, whose wishes the server gets
     * @param auths    what to log in with
     * @param limit    how long the login may take once the connection stands
     * @param blocking runs what would block the event loop
     */
    public BackendLogin(LoginTask task, HandshakeResponse client, BackendAuths auths, Duration limit,
            Blocking blocking) {
        super(task, auths, limit, blocking);
        this.client = client;
    }

    /** Lets the connection begin with a header of the PROXY protocol. To be called before there is a connection. */
    public BackendLogin introducedBy(Optional<Introduction> header) {
        introduction = header;
        return this;
    }

    /** Lets the connection be encrypted before anything secret is sent. To be called before there is a connection. */
    public BackendLogin encryptedWith(Optional<ServerTls> encryption) {
        tls = encryption;
        return this;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (task().isOver()) {
            var _ = context.close();
            return;
        }
        task().connected();
        introduction.ifPresent(header -> header.send(context.channel()));
        startReading(context);
    }

    @Override
    String request() {
        return "HandshakeResponse";
    }

    @Override
    Capabilities capabilities() {
        return capabilities;
    }

    @Override
    boolean isGreeted() {
        return greeted;
    }

    /** Servers say so if they do not believe a header; but who is cut off may not come to read that. */
    @Override
    String whyClosed() {
        return introduction.isPresent() ? "; it may not take headers of the PROXY protocol from this proxy" : "";
    }

    @Override
    void received(ChannelHandlerContext context, ByteBuf payload) {
        if (awaitsTls.isPresent()) {
            protocolError("Server goes on without TLS");
        } else if (authenticating) {
            super.received(context, payload);
        } else if (payload.getUnsignedByte(payload.readerIndex()) == ErrPacket.HEADER) {
            refuse("Connection rejected by server", payload);
        } else {
            greeted(context, Greeting.read(payload));
        }
    }

    private void greeted(ChannelHandlerContext context, Greeting greeting) {
        greeted = true;
        task().greeted(greeting);
        Capabilities missing = BackendCapabilities.missing(client.capabilities(), greeting.capabilities());
        if (!missing.isEmpty()) {
            String text = BackendCapabilities.lacks(Address.of(context.channel().remoteAddress()), greeting.version(),
                    missing);
            fail(Kind.IMPOSSIBLE, text, text);
            return;
        }
        capabilities = BackendCapabilities.request(client.capabilities(), greeting.capabilities());
        if (tls.isPresent()) {
            askForTls(context, greeting, tls.get());
        } else {
            authenticate(context, greeting);
        }
    }

    private void authenticate(ChannelHandlerContext context, Greeting greeting) {
        authenticating = true;
        begin(context, auths().forGreeting(greeting));
    }

    private void askForTls(ChannelHandlerContext context, Greeting greeting, ServerTls wanted) {
        if (!greeting.capabilities().has(Capability.SSL)) {
            failTls(TlsFailureKind.NOT_OFFERED, "it offers none");
            return;
        }
        if (hasUnread()) {
            task().notEncrypted(TlsFailureKind.OTHER);
            protocolError("Server sent something behind its greeting");
            return;
        }
        capabilities = capabilities.with(Capability.SSL);
        awaitsTls = Optional.of(greeting);
        send(context, nextSequenceId++, response(ByteString.EMPTY, AuthAnswer.wrap(new byte[0]))::writeSslRequest);
        String host = context.channel().remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "";
        task().encrypts();
        context.pipeline().addFirst(wanted.newHandler(context.channel(), host));
    }

    @Override
    void timedOut() {
        if (awaitsTls.isPresent() && !isOver()) {
            task().notEncrypted(TlsFailureKind.TIMEOUT);
        }
        super.timedOut();
    }

    private void failTls(TlsFailureKind why, String reason) {
        if (!isOver()) {
            task().notEncrypted(why);
        }
        String text = "TLS with the server failed: " + reason;
        fail(Kind.IMPOSSIBLE, text, text);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent shaken && awaitsTls.isPresent() && !task().isOver()) {
            Greeting greeting = awaitsTls.get();
            awaitsTls = Optional.empty();
            if (shaken.isSuccess()) {
                context.channel().attr(ServerTls.OF_CHANNEL).set(tls.orElseThrow());
                task().encrypted(Encryption.of(context.pipeline().get(SslHandler.class)));
                authenticate(context, greeting);
            } else {
                failTls(TlsFailureKind.of(shaken.cause()),
                        TlsFailure.of(shaken.cause()).orElse("the server closed the connection"));
            }
        }
    }

    /** With TLSv1.3 a server looks at our certificate when the handshake is over for us. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        tls.flatMap(_ -> TlsFailure.of(cause)).ifPresentOrElse(
                words -> failTls(TlsFailureKind.of(cause), words),
                () -> super.exceptionCaught(context, cause));
    }

    /** The first answer is a field of the handshake response. */
    @Override
    void send(ChannelHandlerContext context, BackendAuth plugin, AuthAnswer answer) {
        if (responseSent) {
            super.send(context, plugin, answer);
        } else {
            responseSent = true;
            send(context, nextSequenceId, response(plugin.plugin(), answer)::write);
        }
    }

    private HandshakeResponse response(ByteString plugin, AuthAnswer answer) {
        ByteString database = auths().credentials().database().untilNul();
        return new HandshakeResponse(capabilities, client.maxPacketBytes(), client.charset(),
                auths().credentials().user().untilNul(), answer,
                database.isEmpty() ? Optional.empty() : Optional.of(database), plugin, client.attributes(),
                0);
    }
}
