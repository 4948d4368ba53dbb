package dev.myproxy.lua.luaj.vm;

import dev.myproxy.lua.LuaNumbers;
import java.time.Duration;

/**
 * How long Lua code may run. Loops, calls and long library functions {@linkplain #tick() tick}; now and then a tick looks
 * at the clock.
 */
public final class Budget {

    /** Ticks between two looks at the clock: some 20 microseconds of Lua. */
    private static final int TICKS = 1000;

    private final Machine machine;
    private Duration limit = Duration.ofDays(1);
    private int ticks = TICKS;
    private int depth;
    private long deadline;
    private boolean stopped;

    Budget(Machine machine) {
        this.machine = machine;
    }

    /** Sets the time that each task has between two waits. */
    public void setLimit(Duration time) {
        limit = time;
    }

    /** From now on everything ends at its next tick. */
    public void stop() {
        stopped = true;
        ticks = 0;
    }

    /**
     * Called after what may have stopped everything.
     *
     * @throws Halt if it has
     */
    public void checkStopped() {
        if (stopped) {
            look();
        }
    }

    public boolean isRunning() {
        return depth > 0;
    }

    void begin() {
        if (depth++ == 0) {
            deadline = System.nanoTime() + limit.toNanos();
        }
    }

    void end() {
        depth--;
    }

    /**
     * Called at every loop and call.
     *
     * @throws Halt when the time is over
     */
    public void tick() {
        if (--ticks < 0) {
            look();
        }
    }

    /** The same for work that weighs as much as so many steps. */
    public void spend(int steps) {
        ticks -= steps;
        if (ticks < 0) {
            look();
        }
    }

    private void look() {
        ticks = TICKS;
        if (stopped) {
            ticks = 0;
            throw new Halt(machine.where(1) + "the script was stopped");
        }
        if (depth > 0 && System.nanoTime() - deadline > 0) {
            ticks = 0;
            throw new Halt(machine.where(1) + "callback ran for more than " + seconds() + " seconds");
        }
    }

    private String seconds() {
        return LuaNumbers.format(limit.toMillis() / 1000.0);
    }
}
