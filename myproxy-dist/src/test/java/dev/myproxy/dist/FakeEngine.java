package dev.myproxy.dist;

import dev.myproxy.script.ScriptEngine;
import dev.myproxy.script.ScriptHost;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An engine whose scripts are Java.
 *
 * @param unavailable why it does not work
 * @param script      run in place of a configuration
 */
record FakeEngine(String name, int priority, Optional<String> unavailable, Script script) implements ScriptEngine {

    /** What a configuration does. */
    interface Script {
        void run(Path configuration, ScriptHost host) throws Exception;
    }

    @Override
    public boolean runs(Path configuration) {
        return configuration.toString().endsWith(".fake");
    }

    @Override
    public Deployable verticle(Path configuration, ScriptHost host) {
        return new Deployable() {
            @Override
            public Future<?> deploy(Context context) throws Exception {
                script.run(configuration, host);
                return Future.succeededFuture();
            }
        };
    }
}
