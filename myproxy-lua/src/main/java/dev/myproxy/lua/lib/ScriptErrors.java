package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaOwner;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Quoting;
import dev.myproxy.script.Handler;
import dev.myproxy.script.ScriptHost;
import io.micrometer.core.instrument.Counter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Errors of a script that nobody caught: counts them by what failed, and logs them, so that neither a script nor its
 * clients can flood the log.
 *
 * <p>What comes from one place of the script is logged with its traceback the first time; for {@link ErrorPlace#WINDOW} after
 * a line further ones are only counted, and then one line says how many there were. To be used in the script's turn.
 */
public final class ScriptErrors {

    /** How many places are told apart; beyond that, those that were quiet for the longest time are forgotten. */
    private static final int MAX_PLACES = 1000;

    private static final int MAX_MESSAGE = 2000;

    private final ScriptHost host;
    private final Outside outside;
    private final Executor turn;
    private final Map<String, ErrorPlace> places = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param turn as in {@link dev.myproxy.lua.LuaSetup#turn()}
     */
    public ScriptErrors(ScriptHost host, Outside outside, Executor turn) {
        this.host = host;
        this.outside = outside;
        this.turn = turn;
        for (Handler handler : Handler.values()) {
            counter(handler.key());
        }
        counter("reload");
    }

    /** Those that may fail are shown before they do, so that the first error is an increase. */
    private Counter counter(String what) {
        return Counter.builder("myproxy.lua.errors").description("Errors in Lua functions").tag("handler", what)
                .register(host.meters());
    }

    /**
     * Takes note of an error.
     *
     * @param what  what failed, for the metric: one of a few fixed words, such as {@code reload} or {@code on_connect}
     * @param owner on whose behalf it ran
     */
    public void report(String what, LuaOwner owner, LuaOutcome.Failed error) {
        report(what, owner, error.message(), error.traceback());
    }

    /**
     * Takes note of something that a handler did wrong without raising an error.
     *
     * @param message a fixed text
     */
    public void report(String what, LuaOwner owner, String message) {
        report(what, owner, ByteString.of(message), "");
    }

    private void report(String what, LuaOwner owner, ByteString message, String stack) {
        counter(what).increment();
        String text = Quoting.oneLine(message.utf8());
        String line = "Lua error in " + what + ": "
                + (text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "...");
        Traceback traceback = Traceback.of(message.utf8(), stack);
        String place = Traceback.position(text).or(traceback::innermost).orElse(line);
        place(place).happened(owner.name().map(name -> "[" + name + "] ").orElse("") + line, traceback);
    }

    private ErrorPlace place(String key) {
        ErrorPlace known = places.get(key);
        if (known != null) {
            return known;
        }
        if (places.size() >= MAX_PLACES) {
            var eldest = places.entrySet().iterator();
            eldest.next().getValue().forget();
            eldest.remove();
        }
        ErrorPlace made = new ErrorPlace(host::scriptError,
                command -> outside.after(ErrorPlace.WINDOW, () -> turn.execute(command)));
        places.put(key, made);
        return made;
    }
}
