package dev.myproxy.pg;

import dev.myproxy.protocol.ByteString;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server answered to one statement so far. For one event loop. */
final class Answer {

    /** A command that tells of rows: {@code SELECT 3}, {@code INSERT 0 1}, {@code COPY 7} … */
    private static final Pattern COUNTED = Pattern
            .compile("(?:SELECT|INSERT \\d+|UPDATE|DELETE|MERGE|MOVE|FETCH|COPY) (\\d{1,18})");

    /** What a row costs beyond its bytes. */
    private static final int ROW_BYTES = 48;

    private final PgStatement statement;
    private final Tuple tuple = Tuple.tuple();
    private final long maxBytes;
    private final Runnable overflow;
    private List<ByteString> columns = List.of();
    private List<PgRow> rows = new ArrayList<>();
    private Optional<PgResult> result = Optional.empty();
    private Optional<PgFailure> failure = Optional.empty();
    private long bytes;
    private boolean idle = true;
    private boolean cancelled;

    /**
     * @param maxBytes how large the rows may be
     * @param overflow called once if they are larger
     */
    Answer(PgStatement statement, long maxBytes, Runnable overflow) {
        this.statement = statement;
        this.maxBytes = maxBytes;
        this.overflow = overflow;
        statement.parameters().ifPresent(
                parameters -> parameters.values().forEach(value -> tuple.addValue(value.orElse(null))));
    }

    /** The parameters as the client takes them. */
    Tuple tuple() {
        return tuple;
    }

    boolean isExtended() {
        return statement.parameters().isPresent();
    }

    /** The server says how many parameters the statement has; gives how many it will get. */
    int parameters(int needed) {
        if (statement.parameters().map(PgStatement.Parameters::padded).orElse(false)) {
            while (tuple.size() < needed) {
                tuple.addValue(null);
            }
        }
        return tuple.size();
    }

    void columns(List<ByteString> names) {
        columns = names;
        rows = new ArrayList<>();
    }

    /** Whether there is room for a row of so many bytes; if not, the statement has failed. */
    boolean accepts(int length) {
        boolean fits = bytes + length + ROW_BYTES <= maxBytes;
        if (!fits && failure.isEmpty()) {
            fail(new PgFailure("result is larger than " + maxBytes + " bytes"));
            overflow.run();
        }
        return fits && failure.isEmpty();
    }

    void row(PgRow row, int length) {
        bytes += length + ROW_BYTES;
        rows.add(row);
    }

    /** A statement is complete; more may follow. */
    void complete(String tag) {
        Matcher counted = COUNTED.matcher(tag);
        OptionalLong affected = counted.matches()
                ? OptionalLong.of(Long.parseLong(counted.group(1)))
                : OptionalLong.empty();
        result = Optional.of(new PgResult(columns, rows, affected));
        columns(List.of());
    }

    void error(PgError error) {
        cancelled |= error.sqlState().equals(PgFailure.CANCELLED);
        fail(error.failure(statement.sql()));
    }

    /** Keeps the first failure: it is the cause of those that follow. */
    void fail(PgFailure reason) {
        if (failure.isEmpty()) {
            failure = Optional.of(reason);
        }
    }

    /** The server waits for the next statement. */
    void ready(boolean outsideTransaction) {
        idle = outsideTransaction;
    }

    /** Whether no transaction is open. */
    boolean isIdle() {
        return idle;
    }

    /** Whether the server says that the statement was cancelled. */
    boolean wasCancelled() {
        return cancelled;
    }

    Optional<PgFailure> failure() {
        return failure;
    }

    Optional<PgResult> result() {
        return result;
    }
}
