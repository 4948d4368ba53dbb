package dev.myproxy.protocol;

/** The form of what a server answers to a command. Each but {@link #NONE} may be an ERR as well. */
public enum ResponseKind {

    /** Nothing at all. */
    NONE,
    /** OK or EOF. */
    STATUS,
    /** OK, request for a local file, or column count, definitions and rows; repeated while more results exist. */
    RESULTS,
    /** Column definitions, then EOF. */
    DEFINITIONS,
    /** One packet of text. */
    TEXT,
    /** A fixed head, then definitions of so many parameters and columns as it says. */
    PREPARED,
    /** Rows without a head, then EOF. */
    ROWS,
    /** Rounds of authentication, then OK. */
    AUTHENTICATION,
    /** Packets until EOF, perhaps for ever; the client may send packets that are no commands. */
    STREAM
}
