package dev.myproxy.bench;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Secret;
import dev.myproxy.bus.LocalCodec;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptBus;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Asks for decisions on logins over the event bus, from an event loop as sessions do; who answers is deployed as the daemon
 * deploys a script, on a thread of its own.
 */
final class Asker implements AutoCloseable {

    private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);
    private static final Address ADDRESS = new Address.UnixPath("");
    private static final ByteString USER = ByteString.of("user");
    private static final ByteString VERSION = ByteString.of("11.4.5-MariaDB");

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();

    /** Who is in the middle of asking; lives on the event loop. */
    private final class Round {

        private final Handlers handlers;
        private final Promise<Void> done = Promise.promise();
        private int left;
        private int open;

        Round(Handlers handlers, int logins) {
            this.handlers = handlers;
            this.left = logins;
        }

        void ask() {
            left--;
            open++;
            ScriptClient client = new ScriptClient(left, handlers, ADDRESS, ADDRESS, Optional.empty(), VERSION);
            ScriptEvent event = new ScriptEvent.HandshakeResponse(client, USER,
                    Secret.wrap("secret".getBytes(StandardCharsets.UTF_8)), Optional.empty());
            vertx.eventBus().<Decision>request(ScriptBus.EVENTS, event, LOCAL).map(Message::body)
                    .onSuccess(decision -> answered(client, decision)).onFailure(done::tryFail);
        }

        private void answered(ScriptClient client, Decision decision) {
            open--;
            client.markStale();
            vertx.eventBus().send(ScriptBus.EVENTS, new ScriptEvent.Gone(client), LOCAL);
            if (!(decision instanceof Decision.Connect)) {
                done.tryFail("not a connection: " + decision);
            } else if (left > 0) {
                ask();
            } else if (open == 0) {
                done.tryComplete();
            }
        }
    }

    Asker() {
        LocalCodec.register(vertx.eventBus());
    }

    void deploy(Deployable answerer) {
        vertx.deployVerticle(answerer, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)
                .setWorkerPoolName("script").setWorkerPoolSize(1)).await();
    }

    /**
     * Asks for decisions; each client leaves as soon as it has one.
     *
     * @param logins how many
     * @param atOnce how many of them wait for an answer at any time
     */
    void ask(Handlers handlers, int logins, int atOnce) {
        Round round = new Round(handlers, logins);
        context.runOnContext(_ -> {
            for (int i = 0; i < atOnce; i++) {
                round.ask();
            }
        });
        round.done.future().await();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
