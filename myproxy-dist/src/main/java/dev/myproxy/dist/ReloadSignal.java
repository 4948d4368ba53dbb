package dev.myproxy.dist;

import java.util.Optional;

/** SIGHUP: runs an action; if the signal comes before the action is known, as soon as it is. */
final class ReloadSignal {

    private Optional<Runnable> action = Optional.empty();
    private boolean pending;

    private ReloadSignal() {}

    /** Handles the signal from now on. */
    static ReloadSignal install() {
        ReloadSignal reload = new ReloadSignal();
        Signals.handle("HUP", _ -> reload.received());
        return reload;
    }

    /** What the signal does from now on. */
    synchronized void call(Runnable known) {
        action = Optional.of(known);
        if (pending) {
            pending = false;
            known.run();
        }
    }

    private synchronized void received() {
        pending = action.isEmpty();
        action.ifPresent(Runnable::run);
    }
}
