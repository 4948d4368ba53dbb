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
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.Optional;

/** The server's side from the connection to its OK: greeting, our handshake response, authentication. */
public final class BackendLogin extends AuthDialogue {

    private final HandshakeResponse client;
    private Capabilities capabilities = Capabilities.NONE;
    private boolean greeted;
    private boolean authenticating;
    private boolean responseSent;

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

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (task().isOver()) {
            var _ = context.close();
            return;
        }
        task().connected();
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

    @Override
    void received(ChannelHandlerContext context, ByteBuf payload) {
        if (authenticating) {
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
        authenticating = true;
        begin(context, auths().forGreeting(greeting));
    }

    /** The first answer is a field of the handshake response. */
    @Override
    void send(ChannelHandlerContext context, BackendAuth plugin, AuthAnswer answer) {
        if (responseSent) {
            super.send(context, plugin, answer);
        } else {
            responseSent = true;
            sendNext(context, response(plugin, answer)::write);
        }
    }

    private HandshakeResponse response(BackendAuth plugin, AuthAnswer answer) {
        ByteString database = auths().credentials().database().untilNul();
        return new HandshakeResponse(capabilities, client.maxPacketBytes(), client.charset(),
                auths().credentials().user().untilNul(), answer,
                database.isEmpty() ? Optional.empty() : Optional.of(database), plugin.plugin(), client.attributes(),
                0);
    }
}
