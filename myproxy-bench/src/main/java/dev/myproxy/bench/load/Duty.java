package dev.myproxy.bench.load;

/** What a session does. Called on the session's event loop. */
interface Duty {

    /** The login is over. */
    void loggedIn(Session session);

    /** The last command is completely answered, and not with an error. */
    void answered(Session session);

    /** The server has asked for a file. */
    default void fileWanted(Session session) {
        failed("The server asks for a file that nobody offered");
    }

    /** What was written has gone far enough that more may be written; or less. */
    default void writabilityChanged(Session session) {}

    /** The connection ended though nobody had closed it, or something else is wrong. May be called more than once. */
    void failed(String reason);
}
