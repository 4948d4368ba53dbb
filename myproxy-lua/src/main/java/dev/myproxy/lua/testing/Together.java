package dev.myproxy.lua.testing;

import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaValue;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs functions of a test file beside each other: each is started when those before it have ended or wait for something
 * that only a later one can bring about.
 */
final class Together {

    private final TestScript script;
    private final List<Future<List<LuaValue>>> running = new ArrayList<>();

    Together(TestScript script) {
        this.script = script;
    }

    /**
     * Runs them.
     *
     * @param functions kept; released when they have ended
     * @return succeeds when all have ended; fails with the error of the first that failed
     */
    Future<?> run(List<LuaFunction> functions) {
        Future<Void> started = Future.succeededFuture();
        for (LuaFunction function : functions) {
            started = started.compose(_ -> {
                running.add(script.ask(function, List.of()).onComplete(_ -> script.release(function)));
                return script.settle();
            });
        }
        return started.compose(_ -> Future.join(running));
    }
}
