package dev.myproxy.pg;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An ErrorResponse or NoticeResponse: fields, each a byte that says which and a zero-terminated text; a zero byte ends
 * them. See <a href="https://www.postgresql.org/docs/current/protocol-error-fields.html">Error and Notice Message
 * Fields</a>.
 */
record PgError(Map<Character, String> fields) {

    /** Reads the body of a message. */
    static PgError read(ByteBuf in) {
        Map<Character, String> fields = new HashMap<>();
        while (in.isReadable()) {
            byte type = in.readByte();
            if (type == 0) {
                break;
            }
            int length = Math.max(0, in.bytesBefore((byte) 0));
            fields.put((char) type, in.toString(in.readerIndex(), length, StandardCharsets.UTF_8));
            in.skipBytes(Math.min(length + 1, in.readableBytes()));
        }
        return new PgError(Map.copyOf(fields));
    }

    private String field(char type) {
        return fields.getOrDefault(type, "");
    }

    /** In the server's language: {@code ERROR}, {@code FATAL} … */
    String severity() {
        return field('S');
    }

    String sqlState() {
        return field('C');
    }

    String message() {
        return field('M');
    }

    Optional<String> detail() {
        return Optional.ofNullable(fields.get('D'));
    }

    Optional<String> hint() {
        return Optional.ofNullable(fields.get('H'));
    }

    /** Call stack of functions. */
    Optional<String> context() {
        return Optional.ofNullable(fields.get('W'));
    }

    /** A statement that the server made itself, in which the error is. */
    Optional<String> internalQuery() {
        return Optional.ofNullable(fields.get('q'));
    }

    /** Where in the statement that was sent: characters from 1. */
    Optional<Integer> position() {
        return number('P');
    }

    /** Where in {@link #internalQuery()}. */
    Optional<Integer> internalPosition() {
        return number('p');
    }

    private Optional<Integer> number(char type) {
        String digits = field(type);
        return digits.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(digits)) : Optional.empty();
    }

    /** Whether the connection ends with it. */
    boolean isFatal() {
        String severity = fields.getOrDefault('V', severity());
        return severity.equals("FATAL") || severity.equals("PANIC");
    }

    /** The message as libpq prints it, with what statement it is about. */
    PgFailure failure(String sql) {
        return new PgFailure(ErrorText.of(this, sql), Optional.of(sqlState()));
    }
}
