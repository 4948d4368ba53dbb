package dev.myproxy.session;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.OkPacket;
import dev.myproxy.protocol.Packets;
import dev.myproxy.protocol.PayloadSpan;
import dev.myproxy.protocol.ResponseTracker;
import dev.myproxy.protocol.ServerStatus;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.session.meters.TrafficMeters;
import dev.myproxy.session.meters.StatementMeters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Commands and responses: what the two directions share. {@link ClientCommands} carries bytes from the client to the
 * server, {@link BackendResponses} the other way; both look at packet boundaries only and pass the buffers on as they
 * came.
 *
 * <p>Back-pressure: a side is read only while the other one's socket takes what is written to it; the client's side
 * besides only while no handler of the script runs.
 */
final class CommandPhase {

    private final Session session;
    private final Channel backend;
    private final ClientTraits client;
    private final Capabilities capabilities;
    private final ResponseTracker tracker;
    private final ClientCommands commands;
    private final BackendResponses responses;
    private final TrafficMeters meters;
    private final ClientWatch watch;
    private final ConnectionEnds ends;
    private final DefaultDatabase database;
    private Optional<ExchangeShift> shift = Optional.empty();

    /**
     * @param client       what it has said of itself
     * @param capabilities in force on both sides
     */
    CommandPhase(Session session, Channel backend, ClientTraits client, Capabilities capabilities) {
        this.session = session;
        this.client = client;
        this.backend = backend;
        this.capabilities = capabilities;
        this.database = new DefaultDatabase(session.client());
        this.tracker = new ResponseTracker(capabilities, new CommandObserver(
                new StatementMeters(session.meters(), session.seat().tally(), System::nanoTime), database));
        this.meters = new TrafficMeters(session.meters().counters(), session.seat().tally());
        this.watch = new ClientWatch(session, this, session.options());
        this.commands = new ClientCommands(session, this, tracker);
        this.ends = new ConnectionEnds(session, this, tracker, commands);
        this.responses = new BackendResponses(session, this, tracker);
    }

    /**
     * Takes both sides over. The client's commands wait for {@code on_command_phase} if there is one.
     *
     * @param early what the client sent already; taken over
     * @param rest  what the server sent behind its OK; taken over
     */
    void begin(Deque<ByteBuf> early, ByteBuf rest) {
        session.channel().config().setAutoClose(false);
        backend.config().setAutoClose(false);
        session.becomes(commands);
        watch.begin();
        backend.pipeline().replace(backend.pipeline().last(), null, responses);
        if (rest.isReadable()) {
            responses.channelRead(rest);
            responses.channelReadComplete();
        } else {
            rest.release();
        }
        early.forEach(commands::receive);
        if (session.client().handlers().has(Handler.COMMAND_PHASE)) {
            session.ask(new ScriptEvent.CommandPhase(session.client()), this::entered);
        } else {
            commands.resume();
        }
        readBackend();
        ends.begin();
    }

    private void entered(Decision decision) {
        if (session.hasEnded()) {
            return;
        }
        if (decision instanceof Decision.Proceed) {
            commands.resume();
        } else {
            session.log().failure(ScriptFailure.message(decision));
            session.refuse(DisconnectCause.SCRIPT_FAILED, commands.nextSequenceId(),
                    ClientErrors.command(ScriptFailure.CLIENT_TEXT));
        }
    }

    /**
     * Takes what the login ended with.
     *
     * @param name of the default database that the server was asked for, empty for none
     */
    void loggedIn(ByteString name, OkPacket ok) {
        database.loggedIn(name);
        tracker.loggedIn(ok);
    }

    /** The session's default database. */
    DefaultDatabase database() {
        return database;
    }

    /** What the client has said of itself. */
    ClientTraits client() {
        return client;
    }

    /** Whether the server has said good-bye, which the client knows. */
    boolean isServerLeaving() {
        return tracker.isServerLeaving();
    }

    /** Sends the server a command in the place of one of the client's that is one packet, as it is itself. */
    void command(int sequenceId, Command command, Consumer<ByteBuf> argument) {
        tracker.commandSent(command.code(), sequenceId);
        var _ = backend.writeAndFlush(frame(sequenceId, command, argument), backend.voidPromise());
    }

    /**
     * Sends the server a command of any size in the place of one of the client's. If it takes another number of packets,
     * the sequence ids of both sides differ until it is answered.
     *
     * @param replaced the client's command
     */
    void command(PayloadSpan replaced, Command command, Consumer<ByteBuf> argument) {
        int first = replaced.firstSequenceId();
        ByteBuf packets = frame(first, command, argument);
        PayloadSpan sent = PayloadSpan.of(packets);
        tracker.commandSent(command.code(), sent.lastSequenceId());
        if (sent.packets() != replaced.packets()) {
            shift = Optional.of(new ExchangeShift(replaced.packets() - sent.packets()));
            commands.exclude(true);
        }
        var _ = backend.writeAndFlush(packets, backend.voidPromise());
    }

    private ByteBuf frame(int sequenceId, Command command, Consumer<ByteBuf> argument) {
        return Packets.frame(backend.alloc(), sequenceId, to -> {
            to.writeByte(command.code());
            argument.accept(to);
        });
    }

    /** Lets commands go on, if they wait because of sequence ids that differ, and nothing is under way any more. */
    boolean endShift() {
        if (shift.isEmpty() || !tracker.idle()) {
            return false;
        }
        shift = Optional.empty();
        commands.exclude(false);
        return true;
    }

    /** Writes data of the client to the server. As {@link #toClient}, without a lambda: that would be an object per packet. */
    void toServer(ByteBuf data) {
        if (shift.isPresent()) {
            shift.get().toServer(data);
        }
        var _ = backend.write(data, backend.voidPromise());
    }

    /** Writes data of the server to the client. */
    void toClient(ByteBuf data) {
        if (shift.isPresent()) {
            shift.get().toClient(data);
        }
        var _ = session.channel().write(data, session.channel().voidPromise());
    }

    /** What client and server agreed on. */
    Capabilities capabilities() {
        return capabilities;
    }

    /** The status flags of an OK of ours: those that last. */
    int status() {
        return tracker.serverStatus() & ServerStatus.LASTING;
    }

    Channel backend() {
        return backend;
    }

    /** Reads from the client while the server takes its data and nothing holds commands up. */
    void readClient() {
        setReading(session.channel(),
                backend.isWritable() && !commands.isHeld() && !HalfClosed.isHalfClosed(session.channel()));
    }

    /** Reads from the server while the client takes its data and it need not gather. */
    void readBackend() {
        setReading(backend, session.channel().isWritable() && !responses.isGathering());
    }

    /** Responses have passed: whoever waited for that goes on. */
    void responsesPassed() {
        endShift();
        commands.responsesPassed();
    }

    /** What happens when one of the connections ends. */
    ConnectionEnds ends() {
        return ends;
    }

    /** The client's side has left the phase. */
    void over() {
        watch.end();
        ends.over();
    }

    /** Ends the session with an ERR packet, or without one if the client is in the middle of a packet. */
    void fail(DisconnectCause cause, ErrPacket error) {
        if (responses.betweenPackets()) {
            session.refuse(cause, tracker.idle() ? commands.nextSequenceId() : nextSequenceId(), error);
        } else {
            session.end(cause);
        }
    }

    /** There is no memory for what the server sends. What waits for a client that does not take it is given up. */
    void withoutMemory(Throwable failure) {
        if (!session.hasEnded() && responses.betweenPackets() && session.channel().isWritable()) {
            session.log().withoutMemory(failure);
            fail(DisconnectCause.NO_MEMORY, ClientErrors.NO_MEMORY);
        } else if (!session.hasEnded()) {
            session.broken(failure, DisconnectCause.NO_MEMORY);
        }
    }

    /**
     * Ends the session with an ERR packet. If the client is in the middle of a packet, the rest of it goes first; if that does
     * not come soon, there is no ERR packet.
     */
    void expel(DisconnectCause cause, ErrPacket error) {
        if (responses.betweenPackets()) {
            fail(cause, error);
        } else {
            responses.endBehindPacket(() -> fail(cause, error));
            var _ = backend.eventLoop().schedule(() -> session.end(cause),
                    session.settings().packetTimeout().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** The sequence id of a packet of ours in the response that is under way. */
    private int nextSequenceId() {
        int atServer = tracker.nextSequenceId();
        return shift.map(s -> s.atClient(atServer)).orElse(atServer);
    }

    /** Counts what has passed since the last time. */
    void count() {
        meters.client(commands.bytes(), commands.packets(), tracker.queries());
        meters.server(responses.bytes(), responses.packets());
        watch.passed();
    }

    /** Whether nothing at all is under way, in any direction. */
    boolean isIdle() {
        ChannelOutboundBuffer queue = session.channel().unsafe().outboundBuffer();
        return tracker.idle() && commands.isQuiet() && responses.betweenPackets()
                && (queue == null || queue.totalPendingWriteBytes() == 0);
    }

    /** How long the client does nothing. */
    ClientWatch watch() {
        return watch;
    }

    long queries() {
        return tracker.queries();
    }

    long receivedBytes() {
        return commands.bytes();
    }

    long sentBytes() {
        return responses.bytes();
    }

    private static void setReading(Channel channel, boolean reading) {
        if (channel.config().isAutoRead() != reading) {
            channel.config().setAutoRead(reading);
        }
    }
}
