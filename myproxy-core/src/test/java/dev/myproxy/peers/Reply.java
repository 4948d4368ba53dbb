package dev.myproxy.peers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The complete response to a command.
 *
 * @param packets     all packets, or none if the reader kept none
 * @param packetCount how many there were
 * @param bytes       of all packets, headers included
 * @param checksum    CRC32C of the same bytes
 * @param rows        how many rows all result sets had together
 * @param statuses    the status flags at the end of each result; none for one that ended in an ERR
 * @param columns     the column count of the last result set
 * @param last        the packet that ended the response; for LOCAL INFILE the server's request
 */
public record Reply(List<Packet> packets, long packetCount, long bytes, long checksum, long rows,
        List<Integer> statuses, int columns, Packet last) {

    /** Whether the response ended in an ERR. */
    public boolean failed() {
        return last.isErr();
    }

    public Err err() {
        return last.err();
    }

    /** Whether the server asks for a file. */
    public boolean wantsFile() {
        return last.first() == 0xfb;
    }

    /** This response, which must not have ended in an ERR. */
    public Reply good() {
        if (failed()) {
            throw new AssertionError(last);
        }
        return this;
    }

    /** The only value of the only row of a text result. */
    public String value() {
        List<List<String>> all = textRows();
        if (all.size() != 1 || all.getFirst().size() != 1) {
            throw new AssertionError("not one value: " + all);
        }
        return all.getFirst().getFirst();
    }

    /** The rows of a single text result in which each row is one packet; NULL is the text {@code NULL}. */
    public List<List<String>> textRows() {
        good();
        int end = packets.size() - 1;
        int start = end - Math.toIntExact(rows);
        List<List<String>> all = new ArrayList<>();
        for (Packet row : packets.subList(start, end)) {
            PayloadReader in = new PayloadReader(row.payload());
            List<String> values = new ArrayList<>();
            while (in.remaining() > 0) {
                values.add(textValue(in));
            }
            all.add(values);
        }
        return all;
    }

    /** The statement's id in a response to STMT_PREPARE. */
    public long statementId() {
        return good().packets.getFirst().body().u32();
    }

    /** The packets with zeros in the place of the statement's id, which servers count over all sessions. */
    public List<Packet> withoutStatementId() {
        List<Packet> all = new ArrayList<>(packets);
        if (!failed()) {
            byte[] payload = all.getFirst().payload().clone();
            Arrays.fill(payload, 1, 5, (byte) 0);
            all.set(0, new Packet(all.getFirst().sequence(), payload.length, payload));
        }
        return all;
    }

    private static String textValue(PayloadReader in) {
        if (in.peek() == 0xfb) {
            in.u8();
            return "NULL";
        }
        return new String(in.lenencBytes(), StandardCharsets.UTF_8);
    }
}
