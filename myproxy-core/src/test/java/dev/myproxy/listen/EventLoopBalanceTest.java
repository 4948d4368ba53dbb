package dev.myproxy.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopBalanceTest {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3));
    private final EventLoopBalance balance = new EventLoopBalance(vertx);

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void givesNewClientsToTheLoopWithTheFewest() {
        List<EmbeddedChannel> clients = new ArrayList<>();
        List<Object> loops = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            clients.add(new EmbeddedChannel());
            loops.add(balance.assign(clients.get(i)));
        }
        assertThat(balance.clients()).containsExactly(3, 3, 3);

        // when the clients of one loop leave
        Object left = loops.getFirst();
        for (int i = 0; i < 9; i++) {
            if (loops.get(i).equals(left)) {
                clients.get(i).close().syncUninterruptibly();
            }
        }
        assertThat(balance.clients()).containsExactlyInAnyOrder(0, 3, 3);

        // then the next three go there
        for (int i = 0; i < 3; i++) {
            assertThat(balance.assign(new EmbeddedChannel())).isSameAs(left);
        }
        assertThat(balance.clients()).containsExactly(3, 3, 3);
    }
}
