package dev.myproxy.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Reads one complete response, checking that its sequence ids count up without a gap. */
final class ReplyReader {

    private static final int HEAD_BYTES = 1024;

    private final PacketStream stream;
    private final Command command;
    private final boolean deprecateEof;
    private final boolean optionalDefinitions;
    private final boolean optionalPreparedDefinitions;
    private final boolean progress;
    private final boolean keep;
    private final List<Packet> packets = new ArrayList<>();
    private final List<Integer> statuses = new ArrayList<>();
    private final CRC32C checksum = new CRC32C();
    private int nextSequence;
    private long packetCount;
    private long bytes;
    private long rows;
    private int columns;
    private int status;

    /**
     * @param sequence that the first packet must have
     * @param keep     whether packets are kept; if not, only their first bytes are looked at
     */
    ReplyReader(PacketStream stream, Command command, int sequence, long flags, long mariadbFlags, boolean keep) {
        this.stream = stream;
        this.command = command;
        this.deprecateEof = (flags & Flags.DEPRECATE_EOF) != 0;
        this.optionalPreparedDefinitions = (flags & Flags.OPTIONAL_RESULTSET_METADATA) != 0;
        this.optionalDefinitions = optionalPreparedDefinitions || (mariadbFlags & Flags.MARIADB_CACHE_METADATA) != 0;
        this.progress = (mariadbFlags & Flags.MARIADB_PROGRESS) != 0;
        this.keep = keep;
        nextSequence = sequence & 0xff;
    }

    Reply read() throws IOException {
        Packet last = switch (command.shape()) {
            case NONE -> throw new IllegalArgumentException(command + " has no response");
            case SINGLE -> next();
            case RESULTS -> results();
            case DEFINITIONS, ROWS -> rows(next());
            case PREPARED -> prepared();
        };
        return new Reply(packets, packetCount, bytes, checksum.getValue(), rows, statuses, columns, last);
    }

    private Packet results() throws IOException {
        Packet last;
        do {
            last = result(head());
        } while (!last.isErr() && last.first() != 0xfb && (status & Flags.MORE_RESULTS) != 0);
        return last;
    }

    /** The next packet that does not just tell how far the statement is. */
    private Packet head() throws IOException {
        Packet packet = next();
        while (progress && packet.isErr() && packet.err().code() == 0xffff) {
            packet = next();
        }
        return packet;
    }

    private Packet result(Packet header) throws IOException {
        if (header.first() == 0) {
            status = okStatus(header);
            statuses.add(status);
            return header;
        }
        if (header.isErr() || header.first() == 0xfb) {
            return header;
        }
        PayloadReader in = new PayloadReader(header.payload());
        columns = Math.toIntExact(in.lenenc());
        if (!optionalDefinitions || in.u8() != 0) {
            for (int i = 0; i < columns; i++) {
                next();
            }
        }
        if (deprecateEof) {
            return rows(next());
        }
        Packet eof = next();
        if (!isEnd(eof)) {
            throw new AssertionError("no EOF behind the column definitions: " + eof);
        }
        status = eofStatus(eof);
        if (command == Command.STMT_EXECUTE && (status & Flags.CURSOR_EXISTS) != 0) {
            statuses.add(status);
            return eof;
        }
        return rows(next());
    }

    private Packet rows(Packet first) throws IOException {
        Packet packet = first;
        while (!isEnd(packet) && !packet.isErr()) {
            rows++;
            while (packet.length() == Packet.MAX) {
                packet = next();
            }
            packet = next();
        }
        if (!packet.isErr()) {
            status = deprecateEof ? okStatus(packet) : eofStatus(packet);
            statuses.add(status);
        }
        return packet;
    }

    private Packet prepared() throws IOException {
        Packet head = next();
        if (head.isErr()) {
            return head;
        }
        PayloadReader in = head.body();
        in.u32();
        columns = in.u16();
        int parameters = in.u16();
        in.u8();
        in.u16();
        boolean follow = !optionalPreparedDefinitions || in.u8() != 0;
        Packet last = head;
        for (int count : new int[]{parameters, columns}) {
            for (int i = 0; follow && i < count; i++) {
                last = next();
            }
            if (count > 0 && !deprecateEof) {
                last = next();
            }
        }
        return last;
    }

    private Packet next() throws IOException {
        Packet packet = stream.read(keep ? Packet.MAX : HEAD_BYTES, checksum);
        if (packet.sequence() != nextSequence) {
            throw new AssertionError("sequence id should be " + nextSequence + ": " + packet);
        }
        nextSequence = nextSequence + 1 & 0xff;
        packetCount++;
        bytes += packet.length() + 4;
        if (keep) {
            packets.add(packet);
        }
        return packet;
    }

    private boolean isEnd(Packet packet) {
        return packet.first() == 0xfe && (deprecateEof ? packet.length() < Packet.MAX : packet.length() <= 5);
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
