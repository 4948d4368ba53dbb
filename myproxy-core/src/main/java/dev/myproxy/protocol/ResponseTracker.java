package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Follows what a server owes a client in the command phase: which command is being answered, how far the answer is, and
 * whether the client's packets are commands at the moment.
 *
 * <p>Commands may be sent ahead of responses; they wait in a queue. What a client sends while the server waits for
 * something else is no command: the contents of a local file, answers in an authentication, acknowledgements in a
 * replication stream. The server takes for such data what was sent ahead, too, and so does the tracker.
 *
 * <p>{@link CommandScanner} and {@link ResponseScanner} feed it; one object per session, on the session's event loop.
 * Nothing is allocated per packet. The connection must have PROTOCOL_41.
 */
public final class ResponseTracker {

    /** ER_MALFORMED_PACKET. */
    private static final int MALFORMED_PACKET = 1835;
    /** Of an ERR, its first byte and its code. */
    private static final int ERR_BYTES = 3;

    private final ResponseObserver observer;
    private final ResponseGrammar grammar;
    private final CommandQueue waiting = new CommandQueue();

    /** The command that is being answered; {@link #active} tells whether there is one. */
    private int current;
    private boolean active;
    private ClientData clientData = ClientData.NONE;

    /** Whether a packet followed the command in this exchange, and the sequence id of the last one. */
    private boolean answered;
    private int lastSequenceId;

    private long queries;
    private long errors;
    private boolean quitting;
    private boolean serverLeaving;
    /** How many commands that have no answer were too short, which some servers answer all the same. */
    private int cutShort;
    /** How many of these were sent behind the newest command that has an answer. */
    private int cutShortLast;
    private int leavingCode;

    /**
     * Makes the tracker of a session in which nothing is under way.
     *
     * @param capabilities in force between client and server
     * @param observer     is told of each response
     */
    public ResponseTracker(Capabilities capabilities, ResponseObserver observer) {
        this.grammar = new ResponseGrammar(capabilities);
        this.observer = observer;
    }

    /** Whether the server owes nothing and the client's next packet is a command. */
    public boolean idle() {
        return !active && clientData == ClientData.NONE;
    }

    /** How many commands are not completely answered. */
    public int inFlight() {
        return waiting.size() + (active ? 1 : 0);
    }

    /** Whether the client's next payload is no command. */
    public boolean expectsClientData() {
        return clientData != ClientData.NONE;
    }

    /** Whether the server sends packets for as long as it likes, to a replica for instance. */
    public boolean isStreaming() {
        return clientData == ClientData.STREAM;
    }

    /** Whether the client took its leave, so that the server will close. */
    public boolean isQuitting() {
        return quitting;
    }

    /** Whether the server sent an ERR that answers no command: it is about to close. */
    public boolean isServerLeaving() {
        return serverLeaving;
    }

    /** The code of that ERR, 0 if it has none. */
    public int leavingCode() {
        return leavingCode;
    }

    /** The {@link ServerStatus} of the last OK or EOF, 0 before the first. */
    public int serverStatus() {
        return grammar.outcome().status();
    }

    /** Takes what the login ended with: the status, and the default database if it tells that. */
    public void loggedIn(OkPacket ok) {
        grammar.outcome().setStatus(ok.status());
        ok.sessionState().ifPresent(changes -> {
            grammar.state().readBlock(Unpooled.wrappedBuffer(changes.toByteArray()));
            if (grammar.state().isSchemaFound()) {
                tellSchema();
            }
        });
    }

    private void tellSchema() {
        observer.schema(grammar.state().schema(), grammar.state().schemaLength());
    }

    /** Whether the last OK or EOF said that a transaction is open. */
    public boolean inTransaction() {
        return (serverStatus() & (ServerStatus.IN_TRANSACTION | ServerStatus.IN_READ_ONLY_TRANSACTION)) != 0;
    }

    /** How many statements were sent. */
    public long queries() {
        return queries;
    }

    /** How many commands were answered with an ERR. */
    public long errors() {
        return errors;
    }

    /**
     * The sequence id that a packet of ours to the client must carry now: the one after the command if it is unanswered,
     * the one after the last packet of the exchange in the middle of a response, 0 while nothing is under way.
     */
    public int nextSequenceId() {
        if (!active) {
            return 0;
        }
        return Packets.next(answered ? lastSequenceId : CommandQueue.sequenceId(current));
    }

    /**
     * A command goes to the server.
     *
     * @param code       its first byte
     * @param sequenceId of its packet
     */
    public void commandSent(int code, int sequenceId) {
        Command command = Command.of(code);
        if (command.isQuery()) {
            queries++;
        }
        if (command == Command.QUIT) {
            quitting = true;
        }
        if (command.response() != ResponseKind.NONE) {
            add(CommandQueue.entry(code, sequenceId, 0));
        }
    }

    /** A packet without a command byte goes to the server, which answers it with an ERR. */
    void emptyCommandSent(int sequenceId) {
        add(CommandQueue.entry(Command.SLEEP.code(), sequenceId, CommandQueue.EMPTY));
    }

    /**
     * The command that was just sent has no answer, but is too short for its fields. MariaDB still does not answer it; MySQL
     * does, with ER_MALFORMED_PACKET, and goes on.
     */
    void commandCutShort() {
        cutShort++;
        cutShortLast++;
    }

    /** The newest command goes on in a further packet. */
    void commandContinued(int sequenceId) {
        if (!waiting.isEmpty()) {
            waiting.setLast(CommandQueue.withSequenceId(waiting.last(), sequenceId));
        } else if (active) {
            current = CommandQueue.withSequenceId(current, sequenceId);
        }
    }

    /** The newest command asked for a cursor. */
    void cursorRequested() {
        if (!waiting.isEmpty()) {
            waiting.setLast(waiting.last() | CommandQueue.CURSOR);
        } else if (active) {
            grammar.requestCursor();
        }
    }

    /**
     * A packet that is no command goes to the server.
     *
     * @param length    of the packet's payload
     * @param continued whether it goes on with the payload of the packet before
     */
    void clientDataSent(int sequenceId, int length, boolean continued) {
        answered = true;
        lastSequenceId = sequenceId;
        boolean last = switch (clientData) {
            case NONE, STREAM -> false;
            case FILE -> length == 0 && !continued;
            case ANSWER -> length < Packets.MAX_PAYLOAD_BYTES;
        };
        if (last) {
            clientData = ClientData.NONE;
        }
    }

    /** Whether the server sends rows now, which need not be told one by one. */
    boolean expectsRows() {
        return active && grammar.expectsRows();
    }

    /**
     * How many bytes of a payload {@link #packet} must see. A command that is sent before they are there does not change
     * that.
     *
     * @param first  first byte of the payload
     * @param length of its first packet, not 0
     * @throws MalformedPacketException if the packet can't stand here
     */
    int wantedBytes(int first, int length) {
        if (active) {
            return grammar.wantedBytes(first, length);
        } else if (first == ErrPacket.HEADER) {
            return Math.min(length, ERR_BYTES);
        }
        throw unasked();
    }

    /**
     * A payload of the server begins.
     *
     * @param sequenceId of its first packet
     * @param length     of its first packet
     * @param bytes      holds the wanted bytes
     * @param at         where they begin
     * @throws MalformedPacketException if the packet can't stand here; nothing has changed then
     */
    void packet(int sequenceId, int length, ByteBuf bytes, int at) {
        int first = length > 0 ? bytes.getUnsignedByte(at) : -1;
        if (cutShort > 0 && first == ErrPacket.HEADER && answersCutShort(length, bytes, at)) {
            cutShort--;
            cutShortLast = Math.min(cutShortLast, cutShort);
            return;
        }
        if (active) {
            grammar.packet(first, length, bytes, at);
            if (grammar.outcome().failed()) {
                errors++;
                if (sequenceId == 0 && nextSequenceId() != 0) {
                    leaves(length, bytes, at);
                }
            }
        } else if (first == ErrPacket.HEADER) {
            leaves(length, bytes, at);
        } else {
            throw unasked();
        }
        packetContinued(sequenceId);
    }

    private static MalformedPacketException unasked() {
        return new MalformedPacketException("Server sent a packet that nothing asked for");
    }

    private boolean answersCutShort(int length, ByteBuf bytes, int at) {
        return (!active || !answered) && length >= ERR_BYTES && bytes.getUnsignedShortLE(at + 1) == MALFORMED_PACKET;
    }

    private void leaves(int length, ByteBuf bytes, int at) {
        serverLeaving = true;
        leavingCode = length < ERR_BYTES ? 0 : bytes.getUnsignedShortLE(at + 1);
    }

    /** The server's payload goes on in a further packet. */
    void packetContinued(int sequenceId) {
        answered = true;
        lastSequenceId = sequenceId;
    }

    /** Whether the payload that has begun is to be shown to {@link #state} as it passes. */
    boolean readsState() {
        return grammar.readsState();
    }

    /** Shows the next bytes of a payload that tells changes of the session's state. */
    void state(ByteBuf bytes, int from, int count) {
        grammar.state().read(bytes, from, count);
    }

    /** The server's payload has passed completely. */
    void packetEnd() {
        if (!active) {
            return;
        }
        if (grammar.endState()) {
            tellSchema();
        }
        ClientData request = grammar.takeRequest();
        if (request != ClientData.NONE) {
            clientData = request;
            takeDataSentAhead();
        }
        if (grammar.isDone()) {
            complete();
        }
    }

    private void takeDataSentAhead() {
        while (!waiting.isEmpty() && clientData != ClientData.NONE) {
            int sent = waiting.remove();
            clientDataSent(CommandQueue.sequenceId(sent), (sent & CommandQueue.EMPTY) == 0 ? 1 : 0, false);
        }
    }

    private void complete() {
        active = false;
        // A file that was announced is sent to its end, even if the server has given it up.
        if (clientData != ClientData.FILE) {
            clientData = ClientData.NONE;
        }
        grammar.outcome().report(grammar.command(), observer);
        if (!waiting.isEmpty()) {
            begin(waiting.remove());
        } else {
            // Those before the command that has been answered were not.
            cutShort = cutShortLast;
        }
    }

    private void add(int entry) {
        cutShortLast = 0;
        if (active) {
            waiting.add(entry);
        } else {
            begin(entry);
        }
    }

    private void begin(int entry) {
        current = entry;
        active = true;
        answered = false;
        Command command = Command.of(CommandQueue.code(entry));
        grammar.begin(command);
        observer.began(command);
        if ((entry & CommandQueue.CURSOR) != 0) {
            grammar.requestCursor();
        }
    }
}
