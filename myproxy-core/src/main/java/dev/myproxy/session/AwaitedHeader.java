package dev.myproxy.session;

import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.proxyheader.ProxyHeader;
import dev.myproxy.proxyheader.ProxyHeaderReader;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.session.meters.Phase;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.Optional;

/**
 * The client's side before all others where the listener has {@code proxy_protocol}: a sender that is trusted tells in the first
 * bytes of the connection whom it is for. Nobody is greeted and no handler called before that is known.
 */
final class AwaitedHeader extends ClientPhase {

    /** How long the header may take, as a part of the time for the login. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    private final ProxyHeaderReader reader = new ProxyHeaderReader();

    AwaitedHeader(Session session) {
        super(session);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        session().loginTimeout().run(LIMIT, this::tooLate);
        session().channel().config().setAutoRead(true);
    }

    @Override
    Departure departure() {
        return Departure.FREE;
    }

    @Override
    int nextSequenceId() {
        return 0;
    }

    @Override
    boolean isProxyCheck() {
        return !reader.hasBegun();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        Optional<ProxyHeader> header = session().hasEnded() ? Optional.empty() : read(data);
        header.ifPresent(this::accept);
        if (header.isPresent() && data.isReadable()) {
            // The client's own first bytes, for whichever handler has its place here now.
            context.pipeline().fireChannelRead(data);
        } else {
            data.release();
        }
    }

    private Optional<ProxyHeader> read(ByteBuf data) {
        try {
            return reader.read(data);
        } catch (MalformedPacketException e) {
            fail(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void accept(ProxyHeader header) {
        session().loginTimeout().pause();
        session().origin().isTold(header);
        session().enter(Phase.ACCEPT);
        session().becomes(new ClientGreeting(session()));
    }

    private void tooLate() {
        fail(reader.hasBegun() ? "The PROXY header was not complete in time" : "No PROXY header came in time");
    }

    private void fail(String message) {
        session().entrance().badHeader(session(), message);
        session().refuse(DisconnectCause.PROXY_HEADER, 0, ClientErrors.NO_PROXY_HEADER);
    }
}
