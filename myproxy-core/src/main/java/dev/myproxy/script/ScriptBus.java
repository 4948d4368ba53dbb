package dev.myproxy.script;

/**
 * The event-bus addresses of the script's verticle, in its first run; {@link ScriptRun} has those of each run. Messages are
 * handed over as they are, within this process.
 */
public final class ScriptBus {

    /** Takes a {@link ScriptEvent}, answers with a {@link Decision}. */
    public static final String EVENTS = "myproxy.script.events";

    /** A message here (its body does not matter) calls the script's {@code reload}; answered with a {@link ReloadReply} when that has ended. */
    public static final String RELOAD = "myproxy.script.reload";

    /** A message here (its body does not matter) is answered as soon as the script's thread has time. */
    public static final String PING = "myproxy.script.ping";

    private ScriptBus() {}

    /** The address of a run. */
    static String address(String first, int run) {
        return run == 0 ? first : first + "." + run;
    }
}
