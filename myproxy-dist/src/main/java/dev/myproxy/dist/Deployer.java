package dev.myproxy.dist;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Deploys verticles for threads that wait until they have started, such as the script's while the configuration loads. From
 * a context of its own: that of the calling thread could not complete a future while the thread waits.
 */
final class Deployer {

    private final Vertx vertx;
    private final Context context;

    Deployer(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    /**
     * Deploys a verticle; blocks the calling thread meanwhile.
     *
     * @return the deployment
     * @throws IOException with what its start failed with
     */
    String deploy(VerticleBase verticle, DeploymentOptions options) throws IOException {
        CompletableFuture<String> done = new CompletableFuture<>();
        context.runOnContext(_ -> vertx.deployVerticle(verticle, options).onComplete(done::complete,
                done::completeExceptionally));
        try {
            return done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException refused ? refused : new IOException(e.getCause());
        }
    }

    Future<?> undeploy(String deployment) {
        return vertx.undeploy(deployment);
    }
}
