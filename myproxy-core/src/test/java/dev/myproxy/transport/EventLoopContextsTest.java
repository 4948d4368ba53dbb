package dev.myproxy.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopContextsTest {

    private final Vertx vertx = Vertx.builder().withTransport(Transport.preferred()).build();
    private final EventLoopContexts contexts = new EventLoopContexts(vertx);

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void hasOneContextPerLoop() {
        EventLoop one = loops();
        EventLoop two = loops();
        assertThat(contexts.of(one)).isSameAs(contexts.of(one)).isNotSameAs(contexts.of(two));
        assertThat(contexts.of(one).nettyEventLoop()).isSameAs(one);
    }

    @Test
    void repliesComeBackOnTheLoopThatAsked() throws Exception {
        vertx.eventBus().<String>consumer("question", message -> message.reply(message.body() + "!"));
        for (int i = 0; i < 4; i++) {
            EventLoop loop = loops();
            ContextInternal context = contexts.of(loop);
            CompletableFuture<ContextInternal> answer = new CompletableFuture<>();
            loop.execute(() -> context.dispatch(() -> vertx.eventBus().<String>request("question", "who")
                    .onSuccess(reply -> answer.complete(loop.inEventLoop() ? ContextInternal.current() : null))));
            assertThat(answer.get(60, TimeUnit.SECONDS)).isSameAs(context);
        }
    }

    private EventLoop loops() {
        return ((VertxInternal) vertx).nettyEventLoopGroup().next();
    }
}
