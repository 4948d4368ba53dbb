package dev.myproxy.pg;

import java.util.Optional;

/**
 * Why a statement has no result. The message is worded as libpq does: one or more lines, each with its end if the server
 * or the connection is to blame.
 */
public final class PgFailure extends Exception {

    /** What {@code cancel} leaves behind, and what a server says of a statement that was cancelled. */
    static final String CANCELLED = "57014";

    private static final long serialVersionUID = 1;

    private final transient Optional<String> sqlState;

    /** A failure that is not the server's. */
    public PgFailure(String message) {
        this(message, Optional.empty());
    }

    /** A failure with the server's code. */
    public PgFailure(String message, Optional<String> sqlState) {
        super(message, null, false, false);
        this.sqlState = sqlState;
    }

    /** The whole message. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** The server's five characters, if it was the server that refused. */
    public Optional<String> sqlState() {
        return sqlState;
    }
}
