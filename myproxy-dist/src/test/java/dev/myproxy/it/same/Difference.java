package dev.myproxy.it.same;

/** The daemon gave something else than the server. */
final class Difference extends AssertionError {

    private static final long serialVersionUID = 1;

    Difference(String step, String expected, String got) {
        super("%nafter: %s%ndirectly: %s%nthrough the daemon: %s".formatted(step, expected, got));
    }
}
