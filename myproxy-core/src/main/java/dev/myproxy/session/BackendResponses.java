package dev.myproxy.session;

import dev.myproxy.metrics.ServerCounter;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.ResponseScanner;
import dev.myproxy.protocol.ResponseTracker;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.transport.ErrorText;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import org.jspecify.annotations.Nullable;

/** The server's side of the command phase: every buffer goes to the client as it came. */
final class BackendResponses extends ChannelInboundHandlerAdapter {

    private final Session session;
    private final CommandPhase phase;
    private final ResponseTracker tracker;
    private final ResponseScanner scanner;
    private final Gathering gathering;
    private @Nullable Runnable ending;
    private long bytes;

    BackendResponses(Session session, CommandPhase phase, ResponseTracker tracker) {
        this.session = session;
        this.phase = phase;
        this.tracker = tracker;
        this.scanner = new ResponseScanner(tracker);
        this.gathering = new Gathering(phase.backend().eventLoop(), System::nanoTime, this::gathered);
    }

    long bytes() {
        return bytes;
    }

    long packets() {
        return scanner.packets();
    }

    /** Whether a packet of ours may follow what was forwarded. */
    boolean betweenPackets() {
        return scanner.betweenPackets();
    }

    /** Whether data of the server is to gather before it is read. */
    boolean isGathering() {
        return gathering.isActive();
    }

    private void gathered() {
        if (!session.hasEnded()) {
            phase.readBackend();
        }
    }

    /** Calls back when the packet that is under way has passed; nothing behind it passes any more. */
    void endBehindPacket(Runnable then) {
        ending = then;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        channelRead((ByteBuf) message);
    }

    void channelRead(ByteBuf data) {
        if (session.hasEnded()) {
            data.release();
        } else if (ending == null) {
            pass(data);
        } else {
            passRestOfPacket(data, ending);
        }
    }

    private void passRestOfPacket(ByteBuf data, Runnable then) {
        while (!session.hasEnded() && data.isReadable() && !betweenPackets()) {
            pass(data.readRetainedSlice(Math.min(scanner.missingBytes(), data.readableBytes())));
        }
        data.release();
        if (!session.hasEnded() && betweenPackets()) {
            then.run();
        }
    }

    private void pass(ByteBuf data) {
        bytes += data.readableBytes();
        try {
            scanner.scan(data);
        } catch (MalformedPacketException e) {
            phase.toClient(data.readRetainedSlice(scanner.forwardableBytes()));
            data.release();
            session.seat().count(ServerCounter.MALFORMED_PACKETS);
            session.log().failure("Malformed packet from server: " + e.getMessage());
            phase.fail(DisconnectCause.SERVER_MALFORMED, ClientErrors.malformedResponse(e));
            return;
        }
        phase.toClient(data);
        if (tracker.isServerLeaving() && betweenPackets()) {
            phase.ends().serverLeaves();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        channelReadComplete();
    }

    void channelReadComplete() {
        if (!session.hasEnded()) {
            session.channel().flush();
            gathering.passed(bytes, tracker.idle());
            phase.readBackend();
            phase.responsesPassed();
            phase.count();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        phase.readClient();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        phase.ends().serverClosed("Server closed the connection", "Server closed the connection");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelOutputShutdownEvent) {
            phase.ends().serverDeaf();
        } else if (event instanceof SslCloseCompletionEvent closed && closed.isSuccess()) {
            channelInactive(context);
        }
    }

    /** What failed to be written is not the end: the server's last words may still be there. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            phase.withoutMemory(cause);
        } else if (!HalfClosed.isWriteFailure(cause)) {
            phase.ends().serverClosed("Error on connection to server",
                    "Error on connection to server: " + ErrorText.of(cause));
        }
    }
}
