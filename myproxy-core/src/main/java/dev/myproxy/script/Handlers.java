package dev.myproxy.script;

import java.util.List;
import java.util.Set;

/**
 * A handler table of the script, as given to a listener, with the listener's options.
 *
 * @param run     whose script has the table
 * @param id      names the table within that script
 * @param defined the functions that it has
 * @param options what the script wishes for clients of this listener
 */
public record Handlers(ScriptRun run, int id, Set<Handler> defined, ListenOptions options) {

    public Handlers {
        defined = Set.copyOf(defined);
    }

    /** A table of a script's first run. */
    public Handlers(int id, Set<Handler> defined, ListenOptions options) {
        this(ScriptRun.first(), id, defined, options);
    }

    /** A table with these functions and a listener with default options. */
    public static Handlers of(int id, Handler... defined) {
        return new Handlers(id, Set.copyOf(List.of(defined)), ListenOptions.DEFAULT);
    }

    public boolean has(Handler handler) {
        return defined.contains(handler);
    }
}
