package dev.myproxy.it.matrix;

import org.jspecify.annotations.Nullable;

/**
 * What came of an {@link Attempt}.
 *
 * @param code {@code in}, or the number of the error, which is 0 for those of clients that number none
 * @param said by the server, or by the client if the error is its own; of who is in, the server's name of the account
 */
record Outcome(String code, String said) {

    /** What MariaDB's command line says of a server that has not proved who it is. */
    static final String UNTRUSTED = "Failed to verify the server certificate";
    /** The same in the words of earlier releases of 11.8. */
    private static final String UNTRUSTED_AS_IT_WAS = "Certificate verification failure: The certificate is NOT trusted.";
    private static final String IN = "in";
    private static final String DENIED = "1045";

    /** {@code text} is what the server calls the account. */
    static Outcome in(String text) {
        return new Outcome(IN, text);
    }

    static Outcome error(int code, @Nullable String text) {
        return new Outcome(Integer.toString(code),
                String.valueOf(text).replaceAll("\\(conn=-?[0-9]+\\) ", "").replaceAll("\\s+", " ")
                        .replace(UNTRUSTED_AS_IT_WAS, UNTRUSTED).strip());
    }

    boolean isIn() {
        return code.equals(IN);
    }

    /** Whether the server refused the account's password, and called the account by its name. */
    boolean isDenied(String user) {
        return code.equals(DENIED) && said.contains("Access denied for user '" + user + "'@'");
    }

    /** Without what differs between two connections: ports, hosts and paths. */
    Outcome masked() {
        return new Outcome(code, said.replaceAll("'@'[^']*'", "'@'HOST'")
                .replaceAll("[0-9]+(\\.[0-9]+){3}(:[0-9]+)?|/[^ ']*/(s|socket)\\b", "HOST"));
    }

    /** A cell of a table. */
    String cell() {
        if (isIn() || code.equals(DENIED)) {
            return code;
        }
        String reason = masked().said().replace("|", "\\|").replace("<", "&lt;");
        return code.equals("0") ? "no: " + reason : "no: " + code + ", " + reason;
    }
}
