package dev.myproxy.it.matrix;

/** What a client gives as its password. */
enum Password {

    RIGHT("right", "", "se cret"),

    WRONG("wrong", "", "wr ong"),

    /** The account has none, and the client gives none. */
    EMPTY("empty", "_empty", ""),

    /** The account has one, and the client gives none. */
    MISSING("missing", "", "");

    private final String title;
    private final String suffix;
    private final String text;

    Password(String title, String suffix, String text) {
        this.title = title;
        this.suffix = suffix;
        this.text = text;
    }

    String title() {
        return title;
    }

    String text() {
        return text;
    }

    /** The account that is tried with it. */
    String account(String client) {
        return client + suffix;
    }

    /** Whether a server lets the client in. */
    boolean isGood() {
        return this == RIGHT || this == EMPTY;
    }
}
