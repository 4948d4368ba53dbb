package dev.myproxy.it.same;

/** How packets come to the daemon, and what it does with them. */
enum Delivery {
    AS_SENT(Listener.PLAIN, Integer.MAX_VALUE, false),
    /** The client sends each byte by itself. */
    SPLIT(Listener.PLAIN, 1, false),
    /** The client sends all that it can without having seen a response in one write. */
    COALESCED(Listener.PLAIN, Integer.MAX_VALUE, true),
    /** Each byte of the server comes by itself. */
    SERVER_SPLIT(Listener.SPLIT, Integer.MAX_VALUE, false),
    /** What the server sends to many commands comes at once. */
    SERVER_COALESCED(Listener.COALESCED, Integer.MAX_VALUE, true),
    /** A script looks at everything, and changes nothing. */
    HANDLED(Listener.HANDLED, Integer.MAX_VALUE, false),
    /** A script looks at everything, and has many commands to look at. */
    HANDLED_COALESCED(Listener.HANDLED, Integer.MAX_VALUE, true),
    /** A script looks at everything, which comes byte by byte. */
    HANDLED_SPLIT(Listener.HANDLED, 1, false);

    /** The listeners of the daemon. */
    enum Listener {
        PLAIN, HANDLED, SPLIT, COALESCED
    }

    private final Listener listener;
    private final int pieceBytes;
    private final boolean coalesced;

    Delivery(Listener listener, int pieceBytes, boolean coalesced) {
        this.listener = listener;
        this.pieceBytes = pieceBytes;
        this.coalesced = coalesced;
    }

    Listener listener() {
        return listener;
    }

    /** How many bytes the client writes at once. */
    int pieceBytes() {
        return pieceBytes;
    }

    boolean coalesced() {
        return coalesced;
    }
}
