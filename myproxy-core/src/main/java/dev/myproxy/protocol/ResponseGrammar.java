package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;

/**
 * The grammar of one response: takes the first bytes of each payload and knows when the response is complete.
 *
 * <p>What a packet means is told by the phase, never by its first byte alone: a row may begin like an OK, and a packet
 * that begins FE is a row, an end of rows, or the answer to a command.
 *
 * <p><a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_command_phase.html">Command phase</a>
 */
final class ResponseGrammar {

    /** How many bytes of a packet decide what it means, at most: an OK up to its warnings. */
    static final int PEEK_BYTES = 24;

    private static final int LOCAL_FILE_HEADER = 0xfb;
    private static final int PROGRESS_CODE = 0xffff;
    private static final int FAST_AUTH_OK = 0x03;
    private static final int MAX_COLUMNS = 0xffff;
    private static final int PREPARED_BYTES = 10;
    private static final int OUT_PARAMETERS = ServerStatus.PS_OUT_PARAMS | ServerStatus.MORE_RESULTS_EXISTS;

    private enum Phase {
        /** The packet that tells what the response, or its next result, is like. */
        HEAD,
        /** A counted number of definitions. */
        DEFINITIONS,
        /** The EOF behind definitions. */
        DEFINITIONS_END,
        /** Rows, or definitions without a count, until EOF. */
        ROWS,
        /** The last packet has begun. */
        DONE
    }

    private final boolean deprecateEof;
    private final boolean sessionTrack;
    private final boolean localFiles;
    private final boolean progress;
    private final boolean optionalDefinitions;
    private final boolean optionalPreparedDefinitions;
    private final Outcome outcome = new Outcome();
    private final SessionState state = new SessionState();
    private boolean readsState;

    private Command command = Command.SLEEP;
    private Phase phase = Phase.HEAD;
    private boolean cursor;
    /** Whether the result holds OUT parameters: MySQL tells only in front of it that another result follows. */
    private boolean outParameters;
    private int definitions;
    private boolean preparing;
    private int preparedColumns;
    private boolean preparedDefinitionsFollow;
    private ClientData request = ClientData.NONE;

    ResponseGrammar(Capabilities capabilities) {
        this.deprecateEof = capabilities.has(Capability.DEPRECATE_EOF);
        this.sessionTrack = capabilities.has(Capability.SESSION_TRACK);
        this.localFiles = capabilities.has(Capability.LOCAL_FILES);
        this.progress = capabilities.has(Capability.PROGRESS);
        this.optionalPreparedDefinitions = capabilities.has(Capability.OPTIONAL_RESULTSET_METADATA);
        this.optionalDefinitions = optionalPreparedDefinitions || capabilities.has(Capability.CACHE_METADATA);
    }

    /** Expects the response to a command. */
    void begin(Command next) {
        command = next;
        phase = switch (next.response()) {
            case DEFINITIONS, ROWS -> Phase.ROWS;
            default -> Phase.HEAD;
        };
        cursor = false;
        outParameters = false;
        preparing = false;
        request = ClientData.NONE;
        outcome.begin();
    }

    /**
     * The command asked for a cursor: only then does CURSOR_EXISTS mean that no rows follow. Procedures that use cursors
     * of their own set the flag too.
     */
    void requestCursor() {
        cursor = true;
    }

    /** Whether rows, and their end, are what comes next. */
    boolean expectsRows() {
        return phase == Phase.ROWS;
    }

    /** Whether a payload among rows is certainly one of them, by its first byte. */
    static boolean isRow(int first) {
        return first != EofPacket.HEADER && first != ErrPacket.HEADER;
    }

    /** How many bytes of a payload {@link #packet} must see. */
    int wantedBytes(int first, int length) {
        boolean plain = switch (phase) {
            case ROWS -> isRow(first);
            case DEFINITIONS -> first != ErrPacket.HEADER;
            case HEAD, DEFINITIONS_END, DONE -> false;
        };
        return plain ? 1 : Math.min(length, PEEK_BYTES);
    }

    /**
     * A payload begins.
     *
     * @param first  its first byte, -1 if it is empty
     * @param length of its first packet
     * @param bytes  holds the wanted bytes
     * @param at     where they begin
     * @throws MalformedPacketException if the packet can't stand here; nothing has changed then
     */
    void packet(int first, int length, ByteBuf bytes, int at) {
        if (first == ErrPacket.HEADER) {
            err(length, bytes, at);
            return;
        }
        switch (phase) {
            case HEAD -> head(first, length, bytes, at);
            case DEFINITIONS -> definition();
            case DEFINITIONS_END -> definitionsEnd(first, length, bytes, at);
            case ROWS -> row(first, length, bytes, at);
            case DONE -> throw new IllegalStateException("The response is complete");
        }
    }

    /** Whether the last payload of the response has begun. */
    boolean isDone() {
        return phase == Phase.DONE;
    }

    /** What the server asked the client for, once. */
    ClientData takeRequest() {
        ClientData taken = request;
        request = ClientData.NONE;
        return taken;
    }

    Command command() {
        return command;
    }

    /** Whether the payload that has begun tells changes of the session's state, which are read as it passes. */
    boolean readsState() {
        return readsState;
    }

    /** Where these changes are read. */
    SessionState state() {
        return state;
    }

    /** The payload has passed: says whether it told the default database. */
    boolean endState() {
        boolean told = readsState && state.isSchemaFound();
        readsState = false;
        return told;
    }

    /** What is known about the response so far. */
    Outcome outcome() {
        return outcome;
    }

    private void err(int length, ByteBuf bytes, int at) {
        if (length < 3) {
            throw new MalformedPacketException("ERR packet of the server is too short");
        }
        int code = bytes.getUnsignedShortLE(at + 1);
        if (!progress || code != PROGRESS_CODE) {
            outcome.fail(code);
            phase = Phase.DONE;
        }
    }

    private void head(int first, int length, ByteBuf bytes, int at) {
        switch (command.response()) {
            case STATUS -> status(first, length, bytes, at);
            case RESULTS -> results(first, length, bytes, at);
            case PREPARED -> prepared(first, length, bytes, at);
            case AUTHENTICATION -> authentication(first, length, bytes, at);
            case STREAM -> {
                if (first == EofPacket.HEADER && length == EofPacket.BYTES) {
                    end(length, bytes, at);
                } else {
                    request = ClientData.STREAM;
                }
            }
            case TEXT -> phase = Phase.DONE;
            case NONE, DEFINITIONS, ROWS -> throw new IllegalStateException("A response without head");
        }
    }

    private void status(int first, int length, ByteBuf bytes, int at) {
        switch (first) {
            case OkPacket.HEADER -> ok(length, bytes, at);
            case EofPacket.HEADER -> end(length, bytes, at);
            default -> throw new MalformedPacketException("Neither OK nor ERR from the server");
        }
    }

    private void results(int first, int length, ByteBuf bytes, int at) {
        switch (first) {
            case OkPacket.HEADER -> ok(length, bytes, at);
            case LOCAL_FILE_HEADER -> {
                if (!localFiles) {
                    throw new UnwantedFileRequestException();
                }
                request = ClientData.FILE;
            }
            case EofPacket.HEADER, -1 -> throw new MalformedPacketException("Not the head of a result");
            default -> columnCount(length, bytes, at);
        }
    }

    private void columnCount(int length, ByteBuf bytes, int at) {
        int size = Lenenc.size(bytes, at);
        boolean told = optionalDefinitions && length == size + 1;
        if (length != size && !told) {
            throw new MalformedPacketException("Column count of the server has a wrong length");
        }
        long count = Lenenc.get(bytes, at);
        if (count == 0 || count > MAX_COLUMNS) {
            throw new MalformedPacketException("Column count of the server is out of range");
        }
        define((int) count, !told || bytes.getByte(at + size) != 0);
    }

    private void prepared(int first, int length, ByteBuf bytes, int at) {
        if (first != OkPacket.HEADER || length < PREPARED_BYTES) {
            throw new MalformedPacketException("Not the answer to a statement's preparation");
        }
        preparing = true;
        preparedColumns = bytes.getUnsignedShortLE(at + 5);
        preparedDefinitionsFollow = !optionalPreparedDefinitions || length < 13 || bytes.getByte(at + 12) != 0;
        int parameters = bytes.getUnsignedShortLE(at + 7);
        if (parameters > 0) {
            define(parameters, preparedDefinitionsFollow);
        } else {
            definitionsRead();
        }
    }

    private void authentication(int first, int length, ByteBuf bytes, int at) {
        if (first == OkPacket.HEADER) {
            ok(length, bytes, at);
        } else if (first != AuthMoreData.HEADER || length != 2 || bytes.getByte(at + 1) != FAST_AUTH_OK) {
            request = ClientData.ANSWER;
        }
    }

    private void define(int count, boolean follow) {
        definitions = count;
        if (follow) {
            phase = Phase.DEFINITIONS;
        } else {
            definitionsCounted();
        }
    }

    private void definition() {
        if (--definitions == 0) {
            definitionsCounted();
        }
    }

    /** Without DEPRECATE_EOF an EOF follows, whether the definitions themselves were left out or not. */
    private void definitionsCounted() {
        if (deprecateEof) {
            definitionsRead();
        } else {
            phase = Phase.DEFINITIONS_END;
        }
    }

    private void definitionsEnd(int first, int length, ByteBuf bytes, int at) {
        if (first != EofPacket.HEADER || length != EofPacket.BYTES) {
            throw new MalformedPacketException("No EOF behind the definitions");
        }
        outcome.eof(bytes, at);
        int flags = outcome.status() & (ServerStatus.CURSOR_EXISTS | ServerStatus.MORE_RESULTS_EXISTS);
        if (!preparing && cursor && flags == ServerStatus.CURSOR_EXISTS) {
            resultEnd();
        } else {
            outParameters = (outcome.status() & OUT_PARAMETERS) == OUT_PARAMETERS;
            definitionsRead();
        }
    }

    private void definitionsRead() {
        if (!preparing) {
            phase = Phase.ROWS;
        } else if (preparedColumns > 0) {
            int columns = preparedColumns;
            preparedColumns = 0;
            define(columns, preparedDefinitionsFollow);
        } else {
            phase = Phase.DONE;
        }
    }

    private void row(int first, int length, ByteBuf bytes, int at) {
        if (first < 0) {
            throw new MalformedPacketException("Row without bytes");
        }
        // A row begins FE only if its first column is so long that the first packet is full.
        if (first == EofPacket.HEADER && length < Packets.MAX_PAYLOAD_BYTES) {
            end(length, bytes, at);
        }
    }

    private void ok(int length, ByteBuf bytes, int at) {
        int behind = outcome.ok(bytes, at, at + Math.min(length, PEEK_BYTES));
        if (sessionTrack && (outcome.status() & ServerStatus.SESSION_STATE_CHANGED) != 0) {
            readsState = true;
            state.begin(behind - at);
        }
        resultEnd();
    }

    private void end(int length, ByteBuf bytes, int at) {
        if (length == EofPacket.BYTES) {
            outcome.eof(bytes, at);
            resultEnd();
        } else if (deprecateEof) {
            ok(length, bytes, at);
        } else {
            throw new MalformedPacketException("EOF packet of the server has a wrong length");
        }
    }

    private void resultEnd() {
        boolean more = command.response() == ResponseKind.RESULTS
                && (outParameters || (outcome.status() & ServerStatus.MORE_RESULTS_EXISTS) != 0);
        outParameters = false;
        phase = more ? Phase.HEAD : Phase.DONE;
    }
}
