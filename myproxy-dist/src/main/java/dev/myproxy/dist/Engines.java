package dev.myproxy.dist;

import dev.myproxy.script.ScriptEngine;
import dev.myproxy.text.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The script engines of this installation, and the choice among them. */
final class Engines {

    private final List<ScriptEngine> known;

    Engines(List<ScriptEngine> known) {
        this.known = known.stream().sorted(Comparator.comparingInt(ScriptEngine::priority).reversed()).toList();
    }

    /** Those that {@link ServiceLoader} finds. */
    static Engines installed() {
        List<ScriptEngine> found = new ArrayList<>();
        ServiceLoader.load(ScriptEngine.class).forEach(found::add);
        return new Engines(found);
    }

    /**
     * The outcome of a choice.
     *
     * @param engine  runs the configuration
     * @param refused why better engines can't work here, one line each
     */
    record Choice(ScriptEngine engine, List<String> refused) {}

    /**
     * The engine with a name.
     *
     * @throws FatalException of {@link ExitCode#USAGE} if there is none, of {@link ExitCode#FAILURE} if it can't work
     */
    ScriptEngine named(String name) throws FatalException {
        Optional<ScriptEngine> engine = known.stream().filter(e -> e.name().equals(name)).findFirst();
        if (engine.isEmpty()) {
            List<String> names = known.stream().map(ScriptEngine::name).toList();
            throw new FatalException(ExitCode.USAGE, "Unknown engine \"" + name + "\""
                    + Nearest.hint(name, names) + " (engines: "
                    + (names.isEmpty() ? "none" : String.join(", ", names)) + ")");
        }
        Optional<String> reason = engine.get().unavailable();
        if (reason.isPresent()) {
            throw new FatalException(ExitCode.FAILURE, refusal(engine.get(), reason.get()));
        }
        return engine.get();
    }

    /**
     * The best engine that runs a configuration and works on this machine.
     *
     * @throws FatalException if there is none
     */
    Choice bestFor(Path configuration) throws FatalException {
        List<String> refused = new ArrayList<>();
        for (ScriptEngine engine : known) {
            if (engine.runs(configuration)) {
                Optional<String> reason = engine.unavailable();
                if (reason.isEmpty()) {
                    return new Choice(engine, refused);
                }
                refused.add(refusal(engine, reason.get()));
            }
        }
        if (refused.isEmpty()) {
            throw new FatalException(ExitCode.CONFIG, "No script engine runs " + configuration + " (engines: "
                    + known.stream().map(ScriptEngine::name).collect(Collectors.joining(", ")) + ")");
        }
        throw new FatalException(ExitCode.FAILURE, String.join("\n", refused));
    }

    private static String refusal(ScriptEngine engine, String reason) {
        return "Engine " + engine.name() + " does not work here: " + reason;
    }
}
