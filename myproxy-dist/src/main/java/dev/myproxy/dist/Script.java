package dev.myproxy.dist;

import dev.myproxy.script.ScriptBus;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;

/** Runs the configuration in a verticle of its own, which has a thread of its own. */
final class Script {

    private final Vertx vertx;
    private final String deployment;

    private Script(Vertx vertx, String deployment) {
        this.vertx = vertx;
        this.deployment = deployment;
    }

    /**
     * Deploys the verticle, which runs the configuration.
     *
     * @return fails with what the verticle failed with
     */
    static CompletableFuture<Script> start(Vertx vertx, Deployable verticle) {
        return vertx.deployVerticle(verticle)
                .map(deployment -> new Script(vertx, deployment)).toCompletionStage().toCompletableFuture();
    }

    /** Calls the script's {@code reload}. */
    void reload() {
        vertx.eventBus().send(ScriptBus.RELOAD, "");
    }

    /** Ends the verticle; what the script waits for is cancelled. */
    Future<Void> stop() {
        return vertx.undeploy(deployment).mapEmpty();
    }
}
