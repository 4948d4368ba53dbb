package dev.myproxy.it.same;

import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadReader;

/** Knows which packet is the last one of a response. Made for servers, which it believes every word. */
final class ResponseEnd {

    private static final int PREPARE = 0x16;
    private static final int EXECUTE = 0x17;
    private static final int CURSOR_FLAGS_AT = 5;
    private static final int OUT_PARAMETERS = 0x1000 | Flags.MORE_RESULTS;

    private enum Phase {
        SINGLE, STREAM, HEAD, PREPARED, DEFINITIONS, DEFINITIONS_END, ROWS
    }

    private final boolean deprecateEof;
    private final boolean told;
    private final boolean toldPrepared;
    private final boolean preparing;
    private final boolean results;
    private final boolean cursor;
    private Phase phase;
    private boolean inside;
    private boolean outParameters;
    private int definitions;
    private int preparedColumns;
    private boolean preparedTold = true;

    /**
     * Begins a response.
     *
     * @param command  the payload of the command
     * @param flags    that are in force
     * @param extended MariaDB's that are in force
     */
    ResponseEnd(byte[] command, long flags, long extended) {
        int code = command.length == 0 ? 0 : command[0] & 0xff;
        deprecateEof = (flags & Flags.DEPRECATE_EOF) != 0;
        toldPrepared = (flags & Flags.OPTIONAL_RESULTSET_METADATA) != 0;
        told = toldPrepared || (extended & 0x10) != 0;
        preparing = code == PREPARE;
        cursor = code == EXECUTE && command.length > CURSOR_FLAGS_AT && (command[CURSOR_FLAGS_AT] & 7) != 0;
        phase = switch (code) {
            case 0x04, 0x1c -> Phase.ROWS;
            case PREPARE -> Phase.PREPARED;
            case 0x03, 0x0a, EXECUTE, 0xfa -> Phase.HEAD;
            case 0x12, 0x1e -> Phase.STREAM;
            default -> Phase.SINGLE;
        };
        results = phase == Phase.HEAD;
    }

    /** Whether a command has no response. MySQL complains about those that are too short, MariaDB doesn't. */
    static boolean none(byte[] command, Server.Kind kind) {
        boolean complains = kind == Server.Kind.MYSQL;
        return switch (command.length == 0 ? 0 : command[0]) {
            case 0x01 -> true;
            case 0x18 -> !complains || command.length >= 7;
            case 0x19 -> !complains || command.length >= 5;
            default -> false;
        };
    }

    /** Whether this packet is the last one. */
    boolean isLast(Packet packet) {
        boolean begins = !inside;
        inside = packet.length() == Packet.MAX;
        if (!begins) {
            return false;
        }
        if (packet.isErr()) {
            return true;
        }
        return switch (phase) {
            case SINGLE -> true;
            case STREAM -> packet.first() == 0xfe && packet.length() <= 5;
            case HEAD -> head(packet);
            case PREPARED -> prepared(packet);
            case DEFINITIONS -> --definitions == 0 && defined();
            case DEFINITIONS_END -> definitionsEnd(packet);
            case ROWS -> packet.first() == 0xfe && !inside
                    && resultEnd(deprecateEof ? okStatus(packet) : eofStatus(packet));
        };
    }

    private boolean head(Packet packet) {
        if (packet.first() == 0) {
            return resultEnd(okStatus(packet));
        }
        if (packet.first() == 0xfb) {
            return true;
        }
        PayloadReader in = new PayloadReader(packet.payload());
        return define(Math.toIntExact(in.lenenc()), !told || in.remaining() == 0 || in.u8() != 0);
    }

    private boolean prepared(Packet packet) {
        PayloadReader in = packet.body();
        in.u32();
        preparedColumns = in.u16();
        int parameters = in.u16();
        preparedTold = !toldPrepared || packet.length() < 13 || packet.payload()[12] != 0;
        return parameters > 0 ? define(parameters, preparedTold) : definitionsRead();
    }

    private boolean define(int count, boolean follow) {
        definitions = count;
        phase = Phase.DEFINITIONS;
        return !follow && defined();
    }

    private boolean defined() {
        if (deprecateEof) {
            return definitionsRead();
        }
        phase = Phase.DEFINITIONS_END;
        return false;
    }

    private boolean definitionsEnd(Packet packet) {
        int status = eofStatus(packet);
        if (!preparing && cursor && (status & (Flags.CURSOR_EXISTS | Flags.MORE_RESULTS)) == Flags.CURSOR_EXISTS) {
            return true;
        }
        // Behind OUT parameters MySQL sends an OK, which only this EOF tells.
        outParameters = (status & OUT_PARAMETERS) == OUT_PARAMETERS;
        return definitionsRead();
    }

    private boolean definitionsRead() {
        if (!preparing) {
            phase = Phase.ROWS;
            return false;
        }
        int columns = preparedColumns;
        preparedColumns = 0;
        return columns == 0 || define(columns, preparedTold);
    }

    private boolean resultEnd(int status) {
        boolean more = results && (outParameters || (status & Flags.MORE_RESULTS) != 0);
        outParameters = false;
        phase = Phase.HEAD;
        return !more;
    }

    private static int okStatus(Packet ok) {
        PayloadReader in = ok.body();
        in.lenenc();
        in.lenenc();
        return in.u16();
    }

    private static int eofStatus(Packet eof) {
        PayloadReader in = eof.body();
        in.u16();
        return in.u16();
    }
}
