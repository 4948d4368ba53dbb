package dev.myproxy.pg.conninfo;

/**
 * The form {@code host=localhost port=5432 password='it\'s'}.
 *
 * <pre>
 * blanks may stand around "=" and must stand between options, except behind a quoted value
 * value       up to the next blank; may be empty
 * 'value'     with blanks; may be empty
 * \c          c itself, in both kinds
 * </pre>
 */
final class KeyValueForm {

    private final String text;
    private final Given given = new Given();
    private int at;
    private boolean afterPassword;

    private KeyValueForm(String text) {
        this.text = text;
    }

    static Given parse(String text) throws ConninfoException {
        KeyValueForm form = new KeyValueForm(text);
        for (form.skipBlanks(); form.more(); form.skipBlanks()) {
            form.option();
        }
        return form.given;
    }

    private void option() throws ConninfoException {
        String name = name();
        skipBlanks();
        if (!more() || text.charAt(at) != '=') {
            throw new ConninfoException("missing \"=\" after \"" + shown(name) + "\" in connection info string"
                    + (afterPassword ? " (values with blanks need single quotes)" : ""));
        }
        at++;
        skipBlanks();
        String value = more() && text.charAt(at) == '\'' ? quoted() : plain();
        if (!given.set(name, value)) {
            String hint = Keyword.hint(name);
            throw new ConninfoException(
                    "invalid connection option \"" + (hint.isEmpty() ? shown(name) : name) + "\"" + hint);
        }
        afterPassword = name.equals(Keyword.PASSWORD.text) || name.equals(Keyword.SSLPASSWORD.text);
    }

    /** What stands behind a password may well be the rest of it. */
    private String shown(String name) {
        return afterPassword ? "***" : name;
    }

    private String name() {
        int begin = at;
        while (more() && text.charAt(at) != '=' && !isBlank(text.charAt(at))) {
            at++;
        }
        return text.substring(begin, at);
    }

    private String plain() {
        StringBuilder value = new StringBuilder();
        while (more() && !isBlank(text.charAt(at))) {
            takeCharacter(value);
        }
        return value.toString();
    }

    private String quoted() throws ConninfoException {
        StringBuilder value = new StringBuilder();
        at++;
        while (more() && text.charAt(at) != '\'') {
            takeCharacter(value);
        }
        if (!more()) {
            throw new ConninfoException("unterminated quoted string in connection info string");
        }
        at++;
        return value.toString();
    }

    /** Takes a character, or the one behind a backslash; a backslash at the very end is nothing. */
    private void takeCharacter(StringBuilder value) {
        if (text.charAt(at) == '\\') {
            at++;
        }
        if (more()) {
            value.append(text.charAt(at++));
        }
    }

    private void skipBlanks() {
        while (more() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private boolean more() {
        return at < text.length();
    }

    /** isspace(3) of the C locale. */
    static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
