package dev.myproxy.dist.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private final EventExecutor one = new DefaultEventExecutor();
    private final EventExecutor other = new DefaultEventExecutor();
    private final AtomicInteger alive = new AtomicInteger();
    private final Watchdog watchdog = new Watchdog(List.of(one, other), alive::incrementAndGet);

    @AfterEach
    void end() {
        one.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        other.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void eachRoundInWhichAllAnswerSaysSo() {
        for (int round = 1; round <= 3; round++) {
            int wanted = round;
            watchdog.tick();
            Awaitility.await().untilAtomic(alive, org.hamcrest.Matchers.greaterThanOrEqualTo(wanted));
        }
    }

    @Test
    void oneThatIsStuckKeepsItFromSayingSo() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        other.execute(() -> {
            try {
                stuck.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        for (int i = 0; i < 3; i++) {
            watchdog.tick();
            one.submit(() -> "answered what came before").get(60, TimeUnit.SECONDS);
        }

        assertThat(alive).hasValue(0);
        stuck.countDown();
        Awaitility.await().untilAsserted(() -> assertThat(alive).hasPositiveValue());
        int before = alive.get();
        watchdog.tick();
        Awaitility.await().untilAsserted(() -> assertThat(alive).hasValueGreaterThan(before));
    }

    @Test
    void loopsThatHaveEndedAreNotWaitedFor() {
        other.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();

        watchdog.tick();

        Awaitility.await().untilAsserted(() -> assertThat(alive).hasPositiveValue());
    }
}
