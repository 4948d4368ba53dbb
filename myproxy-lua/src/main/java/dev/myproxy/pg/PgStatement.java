package dev.myproxy.pg;

import java.util.List;
import java.util.Optional;

/**
 * What is to be executed.
 *
 * @param sql        without NUL; several statements are allowed if there are no parameters
 * @param parameters what {@code $1} and so on stand for; empty for the simple protocol
 */
public record PgStatement(String sql, Optional<Parameters> parameters) {

    /**
     * Values without types, as text: the server takes them for what the statement needs.
     *
     * @param values empty ones are NULL; no NUL bytes
     * @param padded whether parameters that the statement has beyond these are NULL, too
     */
    public record Parameters(List<Optional<String>> values, boolean padded) {

        /** Without the values, which may be secret. */
        @Override
        public String toString() {
            return "Parameters[" + values.size() + "]";
        }
    }

    /** Statements without parameters. */
    public static PgStatement simple(String sql) {
        return new PgStatement(sql, Optional.empty());
    }

    /** Without the text, which may hold secrets. */
    @Override
    public String toString() {
        return "PgStatement[" + sql.length() + " characters]";
    }
}
