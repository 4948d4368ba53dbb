package dev.myproxy.session;

import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.CommandScanner;
import dev.myproxy.protocol.Packets;
import dev.myproxy.protocol.ResponseTracker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of the command phase. Every buffer goes to the server as it came, up to a command that we answer or
 * change ourselves: that one and all behind it are held until its turn has come and it is done.
 */
final class ClientCommands extends ClientPhase {

    /** Commands that we intercept are short: they must not pass the script by because they are padded. */
    private static final int MAX_INTERCEPTED_BYTES = 64 * 1024;

    private final CommandPhase phase;
    private final CommandScanner scanner;
    private final InitDbCommand initDb;
    private @Nullable ByteBuf held;
    private boolean paused = true;
    private boolean awaitsResponses;
    private long bytes;

    ClientCommands(Session session, CommandPhase phase, ResponseTracker tracker) {
        super(session);
        this.phase = phase;
        this.scanner = new CommandScanner(tracker, intercepted(session));
        this.initDb = new InitDbCommand(session, phase, this);
    }

    private static Set<Command> intercepted(Session session) {
        return session.client().handlers().initDb()
                ? EnumSet.of(Command.INIT_DB, Command.CHANGE_USER)
                : EnumSet.of(Command.CHANGE_USER);
    }

    long bytes() {
        return bytes;
    }

    /** Whether commands have to wait. */
    boolean isHeld() {
        return paused || awaitsResponses;
    }

    /** The sequence id of an answer to the first command that is held; 0 if there is none. */
    int nextSequenceId() {
        return held != null && held.readableBytes() >= Packets.HEADER_BYTES ? Packets.next(Frames.sequenceId(held)) : 0;
    }

    /** Lets commands go on. */
    void resume() {
        paused = false;
        forwardHeld();
        phase.backend().flush();
        phase.readClient();
    }

    /** Responses have passed: a command that waited for that takes its turn. */
    void responsesPassed() {
        if (awaitsResponses) {
            awaitsResponses = false;
            resume();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        receive((ByteBuf) message);
    }

    /** Takes data of the client over. */
    void receive(ByteBuf data) {
        if (session().hasEnded()) {
            data.release();
            return;
        }
        bytes += data.readableBytes();
        if (held != null) {
            held = Unpooled.wrappedBuffer(held, data);
            forwardHeld();
        } else if (paused) {
            held = data;
        } else {
            forward(data);
        }
    }

    private void forwardHeld() {
        ByteBuf data = held;
        if (data != null && !isHeld()) {
            held = null;
            forward(data);
        }
    }

    private void forward(ByteBuf data) {
        Channel backend = phase.backend();
        int passing = scanner.scan(data);
        if (passing == data.readableBytes()) {
            var _ = backend.write(data, backend.voidPromise());
            return;
        }
        if (passing > 0) {
            var _ = backend.write(data.readRetainedSlice(passing), backend.voidPromise());
        }
        held = data;
        switch (scanner.stop()) {
            case END, PARTIAL -> {
            }
            case RESPONSES -> awaitsResponses = true;
            case INTERCEPTED -> intercept(data);
        }
    }

    private void intercept(ByteBuf data) {
        if (scanner.packetBytes() > MAX_INTERCEPTED_BYTES) {
            session().fail(DisconnectCause.CLIENT_MALFORMED, "Packet from client is too large for its command",
                    nextSequenceId(), ClientErrors.PACKET_TOO_LARGE);
        } else if (data.readableBytes() >= scanner.packetBytes()) {
            paused = true;
            if (scanner.command() == Command.CHANGE_USER) {
                held = null;
                new ChangeUserCommand(session(), phase).handle(data);
            } else {
                initDb.handle(data);
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!session().hasEnded()) {
            phase.backend().flush();
            phase.readClient();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        phase.readBackend();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        phase.clientClosed();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (held != null) {
            held.release();
            held = null;
        }
    }
}
