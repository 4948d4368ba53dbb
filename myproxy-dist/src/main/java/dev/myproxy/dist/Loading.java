package dev.myproxy.dist;

import dev.myproxy.script.ScriptEngine;
import dev.myproxy.script.ScriptRun;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a configuration: chooses the engine, and runs the script in the configuration's directory. */
final class Loading {

    private static final Logger LOG = LoggerFactory.getLogger(Loading.class);

    /** Linked beside the start of everything else. */
    private final CompletableFuture<WorkingDirectory> workingDirectory = CompletableFuture
            .supplyAsync(WorkingDirectory::new);

    private final Engines engines;

    Loading(Engines engines) {
        this.engines = engines;
    }

    /**
     * Loads it. Afterwards the working directory is {@code /}.
     *
     * @param engine    by name; the best one if empty
     * @param verticle  makes what runs the configuration
     * @param run       the first one
     * @param cancelled completed when nobody needs the script any more
     * @return empty if cancelled
     * @throws FatalException if the configuration is wrong
     */
    Optional<Script> load(Vertx vertx, ConfigurationFile configuration, Optional<String> engine,
            Function<ScriptEngine, Deployable> verticle, ScriptRun run, CompletableFuture<?> cancelled)
            throws FatalException {
        ScriptEngine chosen = choose(configuration, engine);
        if (configuration.directory().isPresent()) {
            enter(configuration.directory().get());
        }
        CompletableFuture<Script> started = Script.start(vertx, verticle.apply(chosen), run);
        try {
            CompletableFuture.anyOf(started, cancelled).join();
            return cancelled.isDone() ? Optional.empty() : Optional.of(started.join());
        } catch (CompletionException failure) {
            throw new FatalException(ExitCode.CONFIG, Causes.unwrap(failure));
        } finally {
            leave();
        }
    }

    /** As before, for tests and checks that need no run of their own. */
    Optional<Script> load(Vertx vertx, ConfigurationFile configuration, Optional<String> engine,
            Function<ScriptEngine, Deployable> verticle, CompletableFuture<?> cancelled) throws FatalException {
        return load(vertx, configuration, engine, verticle, ScriptRun.first(), cancelled);
    }

    /**
     * Loads it once more, in the same directory, until {@link #leave}.
     *
     * @return fails with what the verticle failed with
     * @throws FatalException if the directory is not there any more
     */
    CompletableFuture<Script> again(Vertx vertx, ConfigurationFile configuration, Deployable verticle, ScriptRun run)
            throws FatalException {
        enter(configuration.base().toString());
        return Script.start(vertx, verticle, run);
    }

    /** Makes {@code /} the working directory. */
    void leave() throws FatalException {
        enter("/");
    }

    private ScriptEngine choose(ConfigurationFile configuration, Optional<String> engine) throws FatalException {
        if (engine.isPresent()) {
            return engines.named(engine.get());
        }
        Engines.Choice choice = engines.bestFor(configuration.path());
        choice.refused().forEach(reason -> LOG.warn("{}; using {}", reason, choice.engine().name()));
        return choice.engine();
    }

    private void enter(String directory) throws FatalException {
        try {
            workingDirectory.join().change(directory);
        } catch (IOException e) {
            throw new FatalException(ExitCode.CONFIG, e);
        }
    }
}
