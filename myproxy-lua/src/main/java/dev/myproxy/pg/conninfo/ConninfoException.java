package dev.myproxy.pg.conninfo;

/**
 * A connection string, variable or file that does not say how to reach a database. The message is libpq's wherever libpq
 * has one, in one line and without passwords.
 */
public final class ConninfoException extends Exception {

    private static final long serialVersionUID = 1;

    ConninfoException(String message) {
        super(message);
    }
}
