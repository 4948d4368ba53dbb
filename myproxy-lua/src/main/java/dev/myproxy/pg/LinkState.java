package dev.myproxy.pg;

/** Whether a {@link Link} has a connection. */
sealed interface LinkState {
    /** Nobody wanted it yet. */
    record Unused() implements LinkState {}

    /** An attempt is under way. */
    record Connecting() implements LinkState {}

    /** The connection is open and is being set up or used. */
    record Open(Wire wire) implements LinkState {}

    /** The last attempt failed, or a connection did not last; the timer begins the next. */
    record Pausing(long timer) implements LinkState {}

    /** For good. */
    record Closed() implements LinkState {}
}
