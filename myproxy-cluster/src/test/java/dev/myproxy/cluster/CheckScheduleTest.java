package dev.myproxy.cluster;

import static dev.myproxy.cluster.NodeState.ALIVE;
import static dev.myproxy.cluster.TestClusters.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckScheduleTest {

    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private volatile Promise<CheckResult> underWay = Promise.promise();
    private volatile boolean changing;

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void checksAtOnceAndThenNotBeforeTheInterval() {
        CheckSchedule schedule = schedule(LONG, SHORT, SHORT);
        run(schedule::check);
        end();
        assertThat(begun).hasValue(1);
        assertThat(taken).hasValue(1);
    }

    @Test
    void checksAgainAndAgain() {
        CheckSchedule schedule = schedule(SHORT, LONG, SHORT);
        run(schedule::check);
        for (int i = 1; i < 10; i++) {
            end();
            int next = i + 1;
            patiently().until(() -> begun.get() == next);
        }
    }

    @Test
    void checksSoonerWhileTheNodeIsChanging() {
        CheckSchedule schedule = schedule(LONG, SHORT, LONG);
        changing = true;
        run(schedule::check);
        end();
        patiently().until(() -> begun.get() == 2);
        changing = false;
        end();
        assertThat(begun).hasValue(2);
    }

    @Test
    void askingBringsTheNextCheckForward() {
        CheckSchedule schedule = schedule(LONG, LONG, SHORT);
        run(schedule::check);
        end();
        for (int i = 0; i < 100; i++) {
            run(schedule::ask);
        }
        patiently().until(() -> begun.get() == 2);
        end();
        assertThat(begun).hasValue(2);
    }

    @Test
    void askingDoesNotMakeChecksMoreFrequentThanTheLeastPause() {
        CheckSchedule schedule = schedule(LONG, LONG, LONG);
        run(schedule::check);
        end();
        run(schedule::ask);
        run(() -> {});
        assertThat(begun).hasValue(1);
    }

    @Test
    void askingDuringACheckMakesOneMore() {
        CheckSchedule schedule = schedule(LONG, LONG, SHORT);
        run(schedule::check);
        run(schedule::ask);
        run(schedule::ask);
        assertThat(begun).hasValue(1);
        end();
        patiently().until(() -> begun.get() == 2);
        end();
        assertThat(begun).hasValue(2);
    }

    @Test
    void goesOnWhenWhatWasFoundCannotBeTaken() {
        CheckSchedule schedule = new CheckSchedule(vertx, new CheckPace(SHORT, SHORT, SHORT), () -> {
            begun.incrementAndGet();
            return Future.succeededFuture(ScriptedProbe.result(ALIVE));
        }, _ -> {
            throw new IllegalStateException("nobody takes this");
        });
        context.exceptionHandler(_ -> taken.incrementAndGet());
        context.runOnContext(_ -> schedule.check());
        patiently().until(() -> begun.get() > 3);
    }

    @Test
    void nothingHappensOnceItIsStopped() {
        CheckSchedule schedule = schedule(SHORT, SHORT, SHORT);
        run(schedule::check);
        run(schedule::stop);
        run(schedule::ask);
        end();
        run(schedule::ask);
        assertThat(taken).hasValue(0);
        assertThat(begun).hasValue(1);
    }

    private CheckSchedule schedule(Duration calm, Duration fast, Duration least) {
        return new CheckSchedule(vertx, new CheckPace(calm, fast, least), () -> {
            begun.incrementAndGet();
            Promise<CheckResult> next = Promise.promise();
            underWay = next;
            return next.future();
        }, _ -> {
            taken.incrementAndGet();
            return changing;
        });
    }

    /** Ends the check that is under way, and waits until that has been seen. */
    private void end() {
        run(() -> underWay.complete(ScriptedProbe.result(ALIVE)));
    }

    private void run(Runnable step) {
        Future.<Void>future(done -> context.runOnContext(_ -> {
            step.run();
            done.complete();
        })).await();
    }
}
