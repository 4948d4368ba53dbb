package dev.myproxy.dist.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.posix.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class ServiceTest {

    private final Vertx vertx = Vertx.vertx();
    private Manager manager;
    private Service service;

    @BeforeEach
    void begin(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("notify");
        manager = new Manager(AFUNIXSocketAddress.of(path));
        service = Service.of(vertx,
                new ServiceVariables(Optional.of(path.toString()), Optional.of(Duration.ofMillis(20))));
    }

    @AfterEach
    void end() throws IOException {
        vertx.close().await();
        manager.close();
    }

    @Test
    void tellsWhatHappensInOrder() {
        service.status("Loading\nx");
        service.status("Loading x");
        service.ready(List.of(), () -> 1, Future::succeededFuture);
        service.extendTimeout(Duration.ofSeconds(3));
        service.stopping();

        manager.await(message -> message.startsWith("STOPPING=1"));
        assertThat(manager.messages()).filteredOn(message -> !message.startsWith("WATCHDOG")).containsExactly(
                "STATUS=Loading x", "READY=1\nSTATUS=1 session", "EXTEND_TIMEOUT_USEC=3000000",
                "STOPPING=1\nSTATUS=Stopping");
    }

    @Test
    void whatIsLoadedAnewIsReadyWhenTheLastOfItIs() {
        long before = MonotonicClock.microseconds();
        Promise<Void> first = Promise.promise();
        Promise<Void> second = Promise.promise();

        service.reload(first::future);
        service.reload(second::future);
        first.complete();
        service.status("still busy");
        second.fail("config.lua:3: no\nsuch thing");

        String ready = manager.await(message -> message.startsWith("READY=1"));
        assertThat(ready).isEqualTo("READY=1\nSTATUS=Reloading failed: config.lua:3: no such thing");
        assertThat(manager.messages()).hasSize(4).last().isEqualTo(ready);
        List<String> reloading = manager.messages().getFirst().lines().toList();
        assertThat(reloading).hasSize(3).first().isEqualTo("RELOADING=1");
        assertThat(Long.parseLong(reloading.get(1).substring("MONOTONIC_USEC=".length())))
                .isBetween(before, MonotonicClock.microseconds());
    }

    @Test
    void aFailureIsSaidUntilItIsMended() {
        service.ready(List.of(), () -> 3, Future::succeededFuture);
        service.reload(() -> Future.failedFuture("config.lua:3: no"));
        service.serves(() -> 2);
        manager.await("STATUS=2 sessions; Reloading failed: config.lua:3: no"::equals);

        service.reload(Future::succeededFuture);
        service.serves(() -> 2);

        manager.await("STATUS=2 sessions"::equals);
    }

    @Test
    void aServiceThatStopsIsNotReadyAgain() {
        Promise<Void> reload = Promise.promise();
        service.reload(reload::future);
        service.stopping();
        reload.complete();
        service.status("end");

        manager.await("STATUS=end"::equals);
        assertThat(manager.messages()).noneMatch(message -> message.startsWith("READY=1"));
    }

    @Test
    void theWatchdogHearsOfEventLoops() {
        service.ready(List.of(((io.vertx.core.internal.VertxInternal) vertx).nettyEventLoopGroup().next()), () -> 2,
                Future::succeededFuture);

        manager.await("READY=1\nSTATUS=2 sessions"::equals);
        manager.await("WATCHDOG=1"::equals);
    }

    @Test
    void withoutAManagerNothingHappens() {
        Service nobodys = Service.of(vertx, new ServiceVariables(Optional.empty(), Optional.empty()));

        nobodys.status("x");
        nobodys.reload(Future::succeededFuture);
        nobodys.stopping();
        service.status("end");

        manager.await("STATUS=end"::equals);
        assertThat(manager.messages()).hasSize(1);
    }
}
