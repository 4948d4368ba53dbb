package dev.myproxy.session;

import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.CommandScanner;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.Packets;
import dev.myproxy.protocol.ResponseTracker;
import dev.myproxy.session.meters.DisconnectCause;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.Set;

/**
 * The client's side of the command phase. Every buffer goes to the server as it came, up to a command that we answer or
 * change ourselves: that one and all behind it are held until its turn has come and it is done.
 */
final class ClientCommands extends ClientPhase {

    /** COM_INIT_DB and COM_CHANGE_USER are short: they must not pass the script by because they are padded. */
    static final int MAX_INTERCEPTED_BYTES = 64 * 1024;

    private final CommandPhase phase;
    private final CommandScanner scanner;
    private final InitDbCommand initDb;
    private final KillCommand kill;
    private final QueryCommand query;
    private final CommandDeparture departure;
    private final HeldBytes held = new HeldBytes();
    /** Whether what is held is the beginning of a packet that we need as a whole. */
    private boolean gathering;
    private boolean paused = true;
    private boolean awaitsResponses;
    private long bytes;
    private long taken;

    ClientCommands(Session session, CommandPhase phase, ResponseTracker tracker) {
        super(session);
        this.phase = phase;
        this.kill = new KillCommand(session, phase, this);
        this.scanner = new CommandScanner(tracker, InterceptedCommands.of(session.client().handlers()), kill.finder(),
                CommandScanner.DEFAULT_MAX_IN_FLIGHT);
        this.initDb = new InitDbCommand(session, phase, this);
        this.query = new QueryCommand(session, phase, this, kill);
        this.departure = new CommandDeparture(phase, tracker, scanner);
    }

    long bytes() {
        return bytes;
    }

    /** How many packets have gone to the server, or were answered. */
    long packets() {
        return scanner.packets() + taken;
    }

    /** A packet, or a command of several, has been taken out of what goes to the server. */
    void taken() {
        taken++;
    }

    /** Whether commands have to wait. */
    boolean isHeld() {
        return paused || awaitsResponses;
    }

    /** Whether no byte of a command is there that has not passed as part of a whole one. */
    boolean isQuiet() {
        return held.isEmpty() && !isHeld() && scanner.betweenPackets();
    }

    /** Whether a command is held, whose answer the client waits for. */
    boolean holdsCommand() {
        return held.hasCommand();
    }

    @Override
    int nextSequenceId() {
        return held.nextSequenceId();
    }

    @Override
    long activity() {
        return bytes + phase.sentBytes();
    }

    @Override
    Departure departure() {
        return departure;
    }

    @Override
    void expel(DisconnectCause cause, ErrPacket error) {
        departure.sayGoodbye();
        phase.expel(cause, error);
    }

    /** Lets commands go on. */
    void resume() {
        paused = false;
        forwardHeld();
        phase.backend().flush();
        phase.readClient();
        phase.watch().passed();
        phase.ends().commandsPassed();
    }

    /** Lets the command that is held go to the server as it is, when commands go on. */
    void pass() {
        scanner.pass();
    }

    /** Throws the bytes of a command away that are held. */
    void drop(int length) {
        taken();
        held.drop(length);
    }

    /** Lets only what is no command go on, until what is under way has ended; or lets commands go on again. */
    void exclude(boolean excluded) {
        scanner.exclude(excluded);
    }

    /** Lets the script, or us, decide on commands that have passed so far; or lets them pass again. */
    void intercept(Set<Command> commands, boolean intercept) {
        scanner.intercept(commands, intercept);
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
        if (!held.isEmpty()) {
            held.add(data, gathering);
            forwardHeld();
        } else {
            held.begin(data);
            if (!paused) {
                forward(held.take());
            }
        }
    }

    private void forwardHeld() {
        if (!held.isEmpty() && !isHeld()) {
            forward(held.take());
        }
    }

    private void forward(ByteBuf data) {
        gathering = false;
        while (query.skipped(data)) {
            if (departure.isTooLate(data)) {
                held.keep(data);
                expel(DisconnectCause.SHUTDOWN, ClientErrors.SHUTDOWN);
                return;
            }
            int passing = scanner.scan(data);
            if (passing == data.readableBytes()) {
                phase.toServer(data);
                return;
            }
            if (passing > 0) {
                phase.toServer(data.readRetainedSlice(passing));
            }
            if (!goesOn(data)) {
                return;
            }
        }
        held.keep(data);
    }

    /** Whether the scanner, which has stopped, may look at the data again; if not, it is held or taken. */
    private boolean goesOn(ByteBuf data) {
        return switch (scanner.stop()) {
            case END, PARTIAL -> {
                gathering = data.readableBytes() > Packets.HEADER_BYTES;
                yield hold(data);
            }
            case RESPONSES -> {
                if (phase.endShift()) {
                    yield true;
                }
                awaitsResponses = true;
                yield hold(data);
            }
            case INTERCEPTED -> switch (scanner.command()) {
                case INIT_DB -> initDb.isDecided() ? takeShort(data) : noteInitDb(data);
                case CHANGE_USER -> takeShort(data);
                default -> takeStatement(data);
            };
            case KILL -> {
                paused = true;
                kill.take(data);
                yield hold(data);
            }
        };
    }

    private boolean hold(ByteBuf data) {
        held.keep(data);
        return false;
    }

    private boolean takeStatement(ByteBuf data) {
        held.keep(data);
        paused = true;
        QueryCommand.Progress progress = query.take(data, scanner.command());
        if (progress == QueryCommand.Progress.ASKED) {
            return false;
        }
        paused = false;
        gathering = progress == QueryCommand.Progress.INCOMPLETE;
        if (!gathering) {
            held.forget();
        }
        return !gathering;
    }

    private boolean noteInitDb(ByteBuf data) {
        gathering = !initDb.note(data, scanner.packetBytes());
        if (gathering) {
            return hold(data);
        }
        scanner.pass();
        return true;
    }

    private boolean takeShort(ByteBuf data) {
        held.keep(data);
        if (scanner.packetBytes() > MAX_INTERCEPTED_BYTES) {
            session().fail(DisconnectCause.CLIENT_MALFORMED, "Packet from client is too large for its command",
                    nextSequenceId(), ClientErrors.PACKET_TOO_LARGE);
        } else if (data.readableBytes() < scanner.packetBytes()) {
            gathering = true;
        } else {
            paused = true;
            if (scanner.command() == Command.CHANGE_USER) {
                held.forget();
                taken();
                new ChangeUserCommand(session(), phase).handle(data);
            } else {
                initDb.handle(data);
            }
        }
        return false;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!session().hasEnded()) {
            phase.backend().flush();
            phase.readClient();
            phase.count();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        phase.readBackend();
    }

    @Override
    boolean isDone() {
        return phase.ends().isGoodBye() && phase.isIdle();
    }

    @Override
    void halfClosed() {
        phase.ends().clientHalfClosed();
    }

    @Override
    void deaf() {
        phase.ends().clientDeaf();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        phase.ends().clientClosed();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        phase.over();
        held.release();
    }
}
