package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.bus.LocalCodec;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptBus;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeparturesTest {

    private final Vertx vertx = Vertx.vertx();
    private final ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
    private final Departures departures = new Departures(context);
    private final Queue<Long> gone = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void listen() {
        LocalCodec.register(vertx.eventBus());
        vertx.eventBus().<ScriptEvent.Gone>localConsumer(ScriptBus.EVENTS,
                message -> gone.add(message.body().client().id()));
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void aClientThatLeavesAloneIsForgottenSoon() {
        leave(1);
        await().untilAsserted(() -> assertThat(gone).containsExactly(1L));

        leave(1);
        await().untilAsserted(() -> assertThat(gone).containsExactly(1L, 1L));
    }

    @Test
    void manyAreForgottenInTheirOrderAndEachOnce() {
        int many = 3 * Departures.MOST + 1;
        leave(many);

        List<Long> all = LongStream.rangeClosed(1, many).boxed().toList();
        await().untilAsserted(() -> assertThat(gone).containsExactlyElementsOf(all));
    }

    private void leave(int count) {
        context.runOnContext(_ -> IntStream.rangeClosed(1, count).forEach(id -> departures.add(client(id))));
    }

    private static ScriptClient client(long id) {
        Address nowhere = new Address.UnixPath("/nowhere");
        return new ScriptClient(id, Handlers.of(0), nowhere, nowhere, Optional.empty(), ByteString.EMPTY);
    }
}
