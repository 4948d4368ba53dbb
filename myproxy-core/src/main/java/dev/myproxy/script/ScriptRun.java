package dev.myproxy.script;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * One run of the configuration: what its script is reached by, and how many sessions need it. When the configuration is loaded
 * again there is another run; the former one goes on until the last session has ended that began with it. Safe to use from
 * every thread; nobody waits for another.
 */
public final class ScriptRun {

    private static final int OVER = -1;

    private final int number;
    private final String events;
    private final String reload;
    private final String ping;
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile Runnable whenUnneeded = () -> {};
    private volatile boolean replaced;

    /** @param number 0 for the first one */
    public ScriptRun(int number) {
        this.number = number;
        this.events = ScriptBus.address(ScriptBus.EVENTS, number);
        this.reload = ScriptBus.address(ScriptBus.RELOAD, number);
        this.ping = ScriptBus.address(ScriptBus.PING, number);
    }

    /** The first run. */
    public static ScriptRun first() {
        return new ScriptRun(0);
    }

    /** How many runs there were before. */
    public int number() {
        return number;
    }

    /** The event-bus address that takes its sessions' events, as {@link ScriptBus#EVENTS} does. */
    public String events() {
        return events;
    }

    /** The event-bus address that calls its {@code reload}, as {@link ScriptBus#RELOAD} does. */
    public String reload() {
        return reload;
    }

    /** The event-bus address that answers as soon as its thread has time, as {@link ScriptBus#PING} does. */
    public String ping() {
        return ping;
    }

    /** A session begins; false if the run is over, so that the session must begin with a later one. */
    public boolean enter() {
        return sessions.getAndUpdate(count -> count == OVER ? OVER : count + 1) != OVER;
    }

    /** A session has ended, and the script has been told. */
    public void leave() {
        if (sessions.decrementAndGet() == 0) {
            endIfUnneeded();
        }
    }

    /** How many sessions need it. */
    public int sessions() {
        return Math.max(0, sessions.get());
    }

    /**
     * Another run takes its place: new sessions begin there. To be called once.
     *
     * @param unneeded run, on any thread, when no session needs this one any more and none can begin with it
     */
    public void replace(Runnable unneeded) {
        whenUnneeded = unneeded;
        replaced = true;
        endIfUnneeded();
    }

    /** Whether another run has taken its place. */
    public boolean isReplaced() {
        return replaced;
    }

    private void endIfUnneeded() {
        if (replaced && sessions.compareAndSet(0, OVER)) {
            whenUnneeded.run();
        }
    }

    @Override
    public String toString() {
        return "run " + number;
    }
}
