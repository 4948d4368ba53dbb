package dev.myproxy.pg;

import java.util.Optional;

/** An error of the server in libpq's default wording, which is what people know from psql. */
final class ErrorText {

    private ErrorText() {}

    /**
     * @param sql what was sent
     */
    static String of(PgError error, String sql) {
        StringBuilder text = new StringBuilder();
        line(text, error.severity(), Optional.of(error.message()));
        error.position().map(position -> ErrorLine.of(sql, position))
                .or(() -> error.internalPosition().flatMap(
                        position -> error.internalQuery().map(query -> ErrorLine.of(query, position))))
                .ifPresent(text::append);
        line(text, "DETAIL", error.detail());
        line(text, "HINT", error.hint());
        line(text, "QUERY", error.internalQuery());
        line(text, "CONTEXT", error.context());
        return text.toString();
    }

    private static void line(StringBuilder to, String label, Optional<String> text) {
        text.ifPresent(value -> to.append(label).append(":  ").append(value).append('\n'));
    }
}
