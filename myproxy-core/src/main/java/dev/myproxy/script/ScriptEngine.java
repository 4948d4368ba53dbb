package dev.myproxy.script;

import io.vertx.core.Deployable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A kind of script: found with {@link java.util.ServiceLoader}, chosen by the configuration's file name or by name.
 */
public interface ScriptEngine {

    /** The name for {@code --engine}. */
    String name();

    /** Which engine is taken when several can run a configuration: the one with the highest number. */
    int priority();

    /** Whether the engine runs configurations with this file name. */
    boolean runs(Path configuration);

    /** Why the engine can't work on this machine; empty if it can. May load native code. */
    Optional<String> unavailable();

    /**
     * The verticle that owns one script. Deployed on an event loop, which it must not block: it brings the thread along that
     * the script runs on. Its start runs the configuration and fails with a {@link ScriptException}; once started it consumes
     * {@link ScriptRun#events()} and {@link ScriptRun#reload()} of the host's run; its stop cancels whatever the script waits for.
     *
     * @param configuration the script, to be opened under exactly this name, which error texts show too
     */
    Deployable verticle(Path configuration, ScriptHost host);

    /** As {@link #verticle}, for a check. */
    default Rehearsal rehearsal(Path configuration, ScriptHost host) {
        return new Rehearsal(verticle(configuration, host), List::of);
    }
}
