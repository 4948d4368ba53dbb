package dev.myproxy.pg;

/** A database to execute statements on and to get notifications from. May be used on any thread. */
public interface Database extends AutoCloseable {

    /** Executes a statement as soon as those before it have ended. */
    PgExecution execute(PgStatement statement);

    /**
     * Lets the server notify, now and on each new connection. What is executed later on the only connection runs after
     * the server knows.
     *
     * @param channel neither empty nor longer than 63 bytes, without NUL; only once for each
     */
    void listen(String channel, PgListener listener);

    /** Closes the connections; everything that waits or runs fails, and so does what is executed later. */
    @Override
    void close();
}
