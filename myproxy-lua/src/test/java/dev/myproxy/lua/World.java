package dev.myproxy.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.script.LuaScriptEngine;
import dev.myproxy.protocol.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A state whose turns the test gives, with functions to get at what its scripts do. */
final class World implements AutoCloseable {

    /** More than what a busy machine lets a harmless script wait for. */
    private static final Duration GENEROUS = Duration.ofSeconds(20);

    private final BlockingQueue<Runnable> turns = new LinkedBlockingQueue<>();
    private final Map<String, LuaFunction> functions = new HashMap<>();
    private final List<LuaValue> seen = new ArrayList<>();
    final LuaState state;

    World(LuaScriptEngine engine) {
        this(engine, GENEROUS);
    }

    /** @param limit how long a task may compute */
    World(LuaScriptEngine engine, Duration limit) {
        state = engine.open(new LuaSetup(turns::add, limit));
        state.setGlobal("keep", new LuaBuiltin("keep", args -> {
            LuaFunction function = (LuaFunction) args.get(2);
            function.keep();
            functions.put(args.string(1).utf8(), function);
            return LuaReply.NOTHING;
        }));
        state.setGlobal("see", new LuaBuiltin("see", args -> {
            seen.addAll(args.from(1));
            return LuaReply.NOTHING;
        }));
    }

    void run(String source, LuaValue... args) {
        state.run(ByteString.of(source), "@test.lua", args);
    }

    /** What scripts passed to {@code see}. */
    List<LuaValue> seen() {
        return seen;
    }

    /** The strings and numbers that scripts passed to {@code see}. */
    List<String> texts() {
        return seen.stream()
                .map(value -> LuaNumbers.asString(value).map(ByteString::utf8).orElseGet(value::typeName)).toList();
    }

    /** A function that a script gave to {@code keep(name, function)}. */
    LuaFunction function(String name) {
        return Optional.ofNullable(functions.get(name)).orElseThrow();
    }

    void define(String name, LuaBody body) {
        state.setGlobal(name, new LuaBuiltin(name, body));
    }

    /** Starts a kept function, in a turn. */
    Run start(String name, LuaValue... args) {
        Run run = new Run();
        run.task = Optional.of(state.start(function(name), Arrays.asList(args), outcome -> {
            assertThat(run.outcome).as("an outcome is told once").isEmpty();
            run.outcome = Optional.of(outcome);
            if (outcome instanceof LuaOutcome.Returned(List<LuaValue> values)) {
                run.texts = values.stream().map(value -> LuaNumbers.asString(value).map(ByteString::utf8)
                        .orElseGet(value::typeName)).toList();
            }
        }));
        return run;
    }

    /** Starts a kept function and gives turns until it has ended. */
    Run call(String name, LuaValue... args) {
        Run run = start(name, args);
        giveTurnsUntil(run::isOver);
        return run;
    }

    void giveTurnsUntil(BooleanSupplier done) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(end);
            try {
                Runnable turn = turns.poll(100, TimeUnit.MILLISECONDS);
                if (turn != null) {
                    turn.run();
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Gives the turns that are due now. */
    void giveTurns() {
        for (Runnable turn = turns.poll(); turn != null; turn = turns.poll()) {
            turn.run();
        }
    }

    @Override
    public void close() {
        state.close();
    }

    /** A task. */
    static final class Run {
        private Optional<LuaTask> task = Optional.empty();
        private Optional<LuaOutcome> outcome = Optional.empty();
        private List<String> texts = List.of();

        boolean isOver() {
            return outcome.isPresent();
        }

        void cancel() {
            task.orElseThrow().cancel();
        }

        /** The results as text. */
        List<String> results() {
            assertThat(outcome).get().isInstanceOf(LuaOutcome.Returned.class);
            return texts;
        }

        String error() {
            assertThat(outcome).get().isInstanceOf(LuaOutcome.Failed.class);
            return ((LuaOutcome.Failed) outcome.orElseThrow()).message().utf8();
        }

        String traceback() {
            return ((LuaOutcome.Failed) outcome.orElseThrow()).traceback();
        }
    }
}
