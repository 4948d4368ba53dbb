package dev.myproxy.lua.testing;

import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaSetup;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaTask;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.script.LuaScriptEngine;
import dev.myproxy.lua.testing.CaseResult.Outcome;
import dev.myproxy.lua.testing.CaseResult.Outcome.Failed;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** The Lua state of a test file, and the policies that the file has loaded. */
final class TestScript implements AutoCloseable {

    /** How often everybody is asked whether there is something left to do: steps of a policy that need no test. */
    private static final int CALM_ROUNDS = 4;

    private final Turns turns = new Turns();
    private final TestSettings settings;
    private final LuaScriptEngine engine;
    private final Path file;
    private final LuaState lua;
    private final PureLibraries libraries;
    private final List<TestCase> cases = new ArrayList<>();
    private final List<TestedPolicy> policies = new ArrayList<>();
    private final List<Future<Void>> closing = new ArrayList<>();
    private final List<LuaTask> asked = new ArrayList<>();
    private final List<Promise<Void>> settling = new ArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private Optional<String> skipped = Optional.empty();

    TestScript(LuaScriptEngine engine, TestSettings settings, Path file, TestListener listener) {
        this.engine = engine;
        this.settings = settings;
        this.file = file;
        this.lua = engine.open(new LuaSetup(turns, settings.caseLimit()));
        this.libraries = new PureLibraries(lua);
        new TestLibrary(this).open(lua, listener);
    }

    /** Where the file is. */
    Path directory() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    /** What the file registered. */
    List<TestCase> cases() {
        return cases;
    }

    /** Runs the file as a whole. */
    Optional<Failed> load(byte[] source) {
        Outcome outcome;
        try {
            List<LuaFunction> chunk = new ArrayList<>();
            lua.run(TestLibrary.source("loader.lua"), "=[myproxy]", LuaValue.of(ByteString.copyOf(source)),
                    LuaValue.of("@" + file), new LuaBuiltin("keep", args -> {
                        LuaFunction function = (LuaFunction) args.get(1);
                        function.keep();
                        chunk.add(function);
                        return LuaReply.NOTHING;
                    }));
            outcome = call(chunk.getFirst());
        } catch (LuaError e) {
            outcome = new Failed(e.text().utf8(), List.of());
        }
        return switch (outcome) {
            case Failed failed -> Optional.of(failed);
            case Outcome.Skipped(String reason) ->
                Optional.of(new Failed(file + ": test.skip outside a case: " + reason, List.of()));
            case Outcome.Passed _ when cases.isEmpty() ->
                Optional.of(new Failed(file + ": there is no test.case in this file", List.of()));
            case Outcome.Passed _ -> Optional.empty();
        };
    }

    Outcome run(TestCase testCase) {
        complaints.clear();
        try {
            return withComplaints(call(testCase.body()));
        } finally {
            closePolicies();
        }
    }

    /** A case that got something wrong fails even if the policy took it for an ordinary failure of the outside. */
    private Outcome withComplaints(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        List<String> traceback = List.of();
        if (outcome instanceof Failed(String message, List<String> steps)) {
            lines.add(message);
            traceback = steps;
        }
        complaints.stream().distinct().filter(complaint -> lines.stream().noneMatch(line -> line.contains(complaint)))
                .forEach(lines::add);
        return complaints.isEmpty() ? outcome : new Failed(String.join("\n", lines), traceback);
    }

    /** Takes what is wrong with the case that runs; on any thread. */
    void complain(String message) {
        complaints.add(message);
    }

    private Outcome call(LuaFunction function) {
        skipped = Optional.empty();
        List<Outcome> ended = new ArrayList<>(1);
        LuaTask task = lua.start(function, List.of(), outcome -> ended.add(outcome(outcome)));
        if (turns.giveUntil(() -> !ended.isEmpty(), settings.caseLimit())) {
            return ended.getFirst();
        }
        task.cancel();
        return new Failed("did not end within " + settings.caseLimit().toMillis() / 1000.0 + " seconds"
                + waitingFor(), List.of());
    }

    private String waitingFor() {
        List<String> open = policies.stream().flatMap(policy -> policy.openQuestions().stream()).toList();
        return open.isEmpty() ? "" : "; waiting for " + String.join(", ", open);
    }

    private Outcome outcome(LuaOutcome outcome) {
        if (outcome instanceof LuaOutcome.Failed(ByteString message, String traceback)) {
            return skipped.<Outcome>map(Outcome.Skipped::new)
                    .orElseGet(() -> new Failed(message.utf8(), Tracebacks.ofFiles(traceback)));
        }
        return new Outcome.Passed();
    }

    void register(TestCase testCase) {
        cases.add(testCase);
    }

    void skip(String reason) {
        skipped = Optional.of(reason);
    }

    /** Makes a policy, which is to be loaded. Its path is relative to the test file. */
    TestedPolicy open(ByteString path, Hooks hooks) {
        Path configuration = directory().resolve(path.utf8()).normalize();
        TestedPolicy policy = new TestedPolicy(engine, configuration, settings, hooks, this::settle);
        policies.add(policy);
        return policy;
    }

    /**
     * Calls a function of the test file, in a turn of its own; on any thread.
     *
     * @param function kept
     * @return copies of its results; fails with the error that it raised
     */
    Future<List<LuaValue>> ask(LuaFunction function, List<LuaValue> args) {
        Promise<List<LuaValue>> answer = Promise.promise();
        turns.execute(() -> asked.add(lua.start(function, args, outcome -> {
            try {
                switch (outcome) {
                    case LuaOutcome.Returned(List<LuaValue> values) -> answer.complete(Copies.of(values));
                    case LuaOutcome.Failed(ByteString message, String _) -> answer.fail(LuaError.plain(message));
                }
            } catch (LuaError e) {
                answer.fail(e);
            }
        })));
        return answer.future();
    }

    /** Lets go of a function that was {@link #ask asked} for the last time; on any thread. */
    void release(LuaFunction function) {
        turns.execute(function::release);
    }

    /**
     * Completes when nothing moves any more: policies and the test file wait for each other or for ever. Of several that
     * were asked for, those of later ones complete first, since that lets something move. On any thread.
     */
    Future<Void> settle() {
        Promise<Void> settled = Promise.promise();
        turns.lookOn(() -> {
            settling.add(settled);
            settle(settled);
        });
        return settled.future();
    }

    private void settle(Promise<Void> settled) {
        long before = turns.given();
        Future<Void> calm = Future.succeededFuture();
        for (int i = 0; i < CALM_ROUNDS; i++) {
            calm = calm.compose(_ -> Future.join(policies.stream().map(TestedPolicy::settle).toList()).mapEmpty());
        }
        calm.onComplete(_ -> turns.lookOn(() -> {
            if (!settling.contains(settled)) {
                return; // the case is over
            }
            if (turns.given() == before && settling.getLast().equals(settled)) {
                settling.remove(settled);
                // lest an earlier one whose look is due takes what follows now for calm
                turns.moved();
                settled.complete();
            } else {
                settle(settled);
            }
        }));
    }

    /** Ends what the case has set going. */
    private void closePolicies() {
        asked.forEach(LuaTask::cancel);
        asked.clear();
        settling.clear();
        policies.forEach(policy -> closing.add(policy.close()));
        policies.clear();
    }

    /** Ends everything; waits for the ends of the policies, though not for ever. */
    @Override
    public void close() {
        closePolicies();
        AtomicBoolean over = new AtomicBoolean();
        Future.join(closing).onComplete(_ -> turns.execute(() -> over.set(true)));
        turns.giveUntil(over::get, settings.caseLimit());
        libraries.close();
        lua.close();
    }
}
