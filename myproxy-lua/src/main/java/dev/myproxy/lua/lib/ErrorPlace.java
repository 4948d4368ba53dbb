package dev.myproxy.lua.lib;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A place of a script where errors come from, and what was said of them. */
final class ErrorPlace {

    /** How long there is silence after a line. */
    static final Duration WINDOW = Duration.ofSeconds(60);

    private final Consumer<String> log;
    private final Function<Runnable, Runnable> later;
    private Optional<Runnable> silence = Optional.empty();
    private boolean traced;
    private long unsaid;
    private String last = "";

    /**
     * @param later runs a command after {@link #WINDOW}, gives what cancels it
     */
    ErrorPlace(Consumer<String> log, Function<Runnable, Runnable> later) {
        this.log = log;
        this.later = later;
    }

    /** One more error. */
    void happened(String line, Traceback traceback) {
        last = line;
        if (silence.isPresent()) {
            unsaid++;
            return;
        }
        StringBuilder text = new StringBuilder(line);
        if (!traced) {
            traceback.frames().forEach(frame -> text.append("\n\t").append(frame));
            traced = true;
        }
        say(text.toString());
    }

    private void say(String text) {
        log.accept(text);
        silence = Optional.of(later.apply(this::windowIsOver));
    }

    private void windowIsOver() {
        silence = Optional.empty();
        if (unsaid > 0) {
            sayCount();
        }
    }

    private void sayCount() {
        String text = last + " (" + unsaid + " more in the last " + WINDOW.toSeconds() + " s)";
        unsaid = 0;
        say(text);
    }

    /** Nobody will ask this again: says what is to be said. */
    void forget() {
        silence.ifPresent(Runnable::run);
        silence = Optional.empty();
        if (unsaid > 0) {
            log.accept(last + " (" + unsaid + " more)");
            unsaid = 0;
        }
    }
}
