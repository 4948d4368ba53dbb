package dev.myproxy.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.pg.conninfo.Conninfo;
import dev.myproxy.pg.conninfo.Surroundings;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A network that swallows everything from some moment on. */
class HeartbeatTest {

    private final Vertx vertx = Vertx.vertx();
    private volatile boolean deaf;

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Passes bytes between a client and the real server. */
    private NetServer relay(int port) throws Exception {
        return vertx.createNetServer().connectHandler(client -> {
            client.pause();
            vertx.createNetClient().connect(port, "127.0.0.1").onSuccess(server -> {
                pass(client, server);
                pass(server, client);
                client.resume();
            });
        }).listen(0, "127.0.0.1").await(60, TimeUnit.SECONDS);
    }

    private void pass(NetSocket from, NetSocket to) {
        from.handler(bytes -> {
            if (!deaf) {
                to.write(bytes);
            }
        });
        from.closeHandler(_ -> to.close());
    }

    @Test
    void aSilentConnectionIsReplaced() throws Exception {
        PostgresServer server = PostgresServer.shared(PostgresServer.Version.NEW);
        NetServer relay = relay(server.port());
        PgTarget usual = Targets.of(Conninfo.read("host=127.0.0.1 user=postgres sslmode=disable port="
                + relay.actualPort(),
                new Surroundings(Map.of(), Optional.empty(), Path.of("/nonexistent"), List.of(), List.of())), "test");
        ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
        AtomicInteger closed = new AtomicInteger();
        AtomicInteger beats = new AtomicInteger();
        Heartbeat heartbeat = new Heartbeat(context, Duration.ofMillis(20), Duration.ofSeconds(3));

        Wire wire = Wire.open(context, usual.tcp(), usual.servers().getFirst().options(), Duration.ofSeconds(5))
                .await(60, TimeUnit.SECONDS);
        wire.setOwner(new Wire.Owner() {
            @Override
            public void notified(ByteString channel, ByteString payload) {
                throw new AssertionError();
            }

            @Override
            public void closed(Wire gone) {
                closed.incrementAndGet();
            }
        });
        context.runOnContext(_ -> heartbeat.watch(wire, () -> {
            Running running = new Running(context, wire, PgStatement.simple(""), PgLimits.DEFAULT,
                    ended -> beats.addAndGet(ended.failure().isEmpty() ? 1 : 0));
            running.start();
            return Optional.of(running);
        }));
        await().until(() -> beats.get() > 3);
        assertThat(closed).hasValue(0);

        deaf = true;

        await().until(() -> closed.get() == 1);
    }
}
