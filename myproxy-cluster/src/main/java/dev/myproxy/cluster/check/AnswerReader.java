package dev.myproxy.cluster.check;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.EofPacket;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.Lenenc;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.OkPacket;
import dev.myproxy.protocol.ServerStatus;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the answer to one statement, payload by payload, as it comes without DEPRECATE_EOF.
 *
 * <pre>
 * OK, or ERR, or
 *   column count
 *   definition per column: catalog, schema, table, original table, name …, each length-encoded
 *   EOF
 *   row: per column a length-encoded string, or FB for NULL
 *   EOF, or ERR
 * </pre>
 *
 * A statement may give several results; the first one with columns counts, the others must only be well-formed.
 * <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response.html">Response</a>
 */
final class AnswerReader {

    /** The largest payload that is read. */
    static final int MAX_PAYLOAD_BYTES = 1 << 20;

    static final int MAX_ROWS = 1000;

    private static final int MAX_COLUMNS = 1000;
    private static final int MAX_BYTES = 4 << 20;
    private static final int NULL = 0xfb;
    private static final int FIELDS_BEFORE_NAME = 4;
    private static final Capabilities CAPABILITIES = CheckClient.CAPABILITIES;

    private enum Phase {
        HEAD,
        DEFINITIONS,
        DEFINITIONS_END,
        ROWS
    }

    private Phase phase = Phase.HEAD;
    private int definitions;
    private int rowCount;
    private int bytes;
    private List<String> columns = new ArrayList<>();
    private List<List<Optional<ByteString>>> rows = new ArrayList<>();
    private Optional<Answer> first = Optional.empty();

    /**
     * Takes the next payload.
     *
     * @return the answer, if this was its last packet
     */
    Optional<Answer> next(ByteBuf payload) {
        bytes += payload.readableBytes();
        if (bytes > MAX_BYTES) {
            throw new MalformedPacketException("Answer to a health check is too large");
        }
        if (!payload.isReadable()) {
            throw new MalformedPacketException("empty packet");
        }
        int header = payload.getUnsignedByte(payload.readerIndex());
        if (header == ErrPacket.HEADER && phase != Phase.DEFINITIONS) {
            return Optional.of(new Answer.Refused(ErrPacket.read(payload)));
        }
        return switch (phase) {
            case HEAD -> head(payload, header);
            case DEFINITIONS -> definition(payload);
            case DEFINITIONS_END -> {
                EofPacket.read(payload, CAPABILITIES);
                phase = Phase.ROWS;
                yield Optional.empty();
            }
            case ROWS -> row(payload, header);
        };
    }

    private Optional<Answer> head(ByteBuf payload, int header) {
        if (header == OkPacket.HEADER) {
            return end(OkPacket.read(payload, CAPABILITIES).status());
        }
        long count = Lenenc.read(payload);
        if (count < 1 || count > MAX_COLUMNS) {
            throw new MalformedPacketException("Result has too many columns for a health check");
        }
        definitions = (int) count;
        phase = Phase.DEFINITIONS;
        return Optional.empty();
    }

    private Optional<Answer> definition(ByteBuf payload) {
        for (int i = 0; i < FIELDS_BEFORE_NAME; i++) {
            payload.skipBytes(Lenenc.readLength(payload));
        }
        columns.add(Lenenc.readString(payload).utf8());
        if (columns.size() == definitions) {
            phase = Phase.DEFINITIONS_END;
        }
        return Optional.empty();
    }

    private Optional<Answer> row(ByteBuf payload, int header) {
        if (header == EofPacket.HEADER && payload.readableBytes() < Long.BYTES) {
            return end(EofPacket.read(payload, CAPABILITIES).status());
        }
        if (++rowCount > MAX_ROWS) {
            throw new MalformedPacketException("Result has more than 1000 rows, too many for a health check");
        }
        List<Optional<ByteString>> row = new ArrayList<>(definitions);
        for (int i = 0; i < definitions; i++) {
            if (payload.isReadable() && payload.getUnsignedByte(payload.readerIndex()) == NULL) {
                payload.skipBytes(1);
                row.add(Optional.empty());
            } else {
                row.add(Optional.of(Lenenc.readString(payload)));
            }
        }
        if (payload.isReadable()) {
            throw new MalformedPacketException("Row has bytes behind its last column");
        }
        rows.add(row);
        return Optional.empty();
    }

    private Optional<Answer> end(int status) {
        if (first.isEmpty() && !columns.isEmpty()) {
            first = Optional.of(new Answer.Rows(columns, rows));
        }
        if ((status & ServerStatus.MORE_RESULTS_EXISTS) == 0) {
            return Optional.of(first.orElseGet(() -> new Answer.Rows(List.of(), List.of())));
        }
        phase = Phase.HEAD;
        columns = new ArrayList<>();
        rows = new ArrayList<>();
        return Optional.empty();
    }
}
