package dev.myproxy.protocol;

/** Is told what became of each command that has a response. Called on the session's event loop. */
public interface ResponseObserver {

    /** Ignores everything. */
    ResponseObserver NONE = (_, _, _, _, _, _) -> {};

    /**
     * The server may begin with a command: it was sent, and all before it are answered.
     *
     * @param command that has a response
     */
    default void began(Command command) {}

    /**
     * An OK packet of a response told the session's default database, which may be another one than before. Called before the
     * response is completed, if that is its end. Only with SESSION_TRACK.
     *
     * @param name   holds the name at its beginning, during this call
     * @param length of the name; 0 if there is none any more
     */
    default void schema(byte[] name, int length) {}

    /**
     * The last packet of a command's response has passed. Commands of several results are reported once.
     *
     * @param command      what was answered
     * @param failed       whether the response ended with an ERR
     * @param errorCode    of that ERR, else 0
     * @param status       status flags of the last OK or EOF, with {@link ServerStatus#NO_INDEX_USED},
     *                     {@link ServerStatus#NO_GOOD_INDEX_USED} and {@link ServerStatus#QUERY_WAS_SLOW} of all results
     * @param affectedRows sum over all results
     * @param warnings     count of the last result
     */
    void completed(Command command, boolean failed, int errorCode, int status, long affectedRows, int warnings);
}
