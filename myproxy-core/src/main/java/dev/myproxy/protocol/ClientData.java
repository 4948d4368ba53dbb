package dev.myproxy.protocol;

/** What a client's packets are when they are no commands. */
enum ClientData {

    /** They are commands. */
    NONE,
    /** Contents of a file, up to an empty payload. */
    FILE,
    /** One payload: an answer in an authentication. */
    ANSWER,
    /** Anything, as long as the response lasts. */
    STREAM
}
