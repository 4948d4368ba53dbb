package dev.myproxy.dist;

/** What SIGHUP and {@code myproxy reload} have brought about. */
enum Reloaded {
    /** The script's function has loaded the configuration again. */
    LOADED("The configuration was loaded again"),
    /** The script's function has ended. */
    CALLED("The script's function reload was called; it did not load the configuration again"),
    /** There is no such function. */
    NOTHING("The configuration has no function reload, so nothing was done: one that calls reload_config()"
            + " loads it again");

    private final String text;

    Reloaded(String text) {
        this.text = text;
    }

    /** For the administrator. */
    String text() {
        return text;
    }
}
