package dev.myproxy.dist;

import dev.myproxy.script.ReloadReply;
import dev.myproxy.script.ScriptRun;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Runs the configuration in a verticle of its own, which has a thread of its own. */
final class Script {

    /** A script's reload takes as long as it likes. */
    private static final DeliveryOptions PATIENT = new DeliveryOptions().setLocalOnly(true)
            .setSendTimeout(Duration.ofDays(365).toMillis());

    private final Vertx vertx;
    private final String deployment;
    private final ScriptRun run;
    private Optional<Future<Void>> stopped = Optional.empty();

    private Script(Vertx vertx, String deployment, ScriptRun run) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.run = run;
    }

    /**
     * Deploys the verticle, which runs the configuration for the first time.
     *
     * @return fails with what the verticle failed with
     */
    static CompletableFuture<Script> start(Vertx vertx, Deployable verticle) {
        return start(vertx, verticle, ScriptRun.first());
    }

    /** The same for a later run. */
    static CompletableFuture<Script> start(Vertx vertx, Deployable verticle, ScriptRun run) {
        return vertx.deployVerticle(verticle)
                .map(deployment -> new Script(vertx, deployment, run)).toCompletionStage().toCompletableFuture();
    }

    ScriptRun run() {
        return run;
    }

    /**
     * Calls the script's {@code reload}.
     *
     * @return completes when that has ended
     */
    Future<ReloadReply> reload() {
        return vertx.eventBus().<ReloadReply>request(run.reload(), "", PATIENT).map(Message::body);
    }

    /** Completes as soon as the script's thread has time. */
    Future<Void> ping() {
        return vertx.eventBus().request(run.ping(), "", PATIENT).mapEmpty();
    }

    /** Ends the verticle; what the script waits for is cancelled. */
    synchronized Future<Void> stop() {
        Future<Void> end = stopped.orElseGet(() -> vertx.undeploy(deployment).mapEmpty());
        stopped = Optional.of(end);
        return end;
    }
}
