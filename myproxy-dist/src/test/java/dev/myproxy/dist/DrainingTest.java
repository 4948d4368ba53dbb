package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.session.DrainProgress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainingTest {

    private static final Duration OFTEN = Duration.ofMillis(10);

    private final List<DrainProgress> told = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @CsvSource({"1, 0, 60000, 'Letting clients go: 1 session left; they are ended in 60 s'",
            "7, 2, 1, 'Letting clients go: 7 sessions left, 2 of them in a transaction; they are ended in 1 s'",
            "7, 0, 0, 'Letting clients go: 7 sessions left; they are being ended'"})
    void saysHowManyAreLeft(int sessions, int transactions, long millis, String text) {
        assertThat(Draining.text(new DrainProgress(sessions, transactions, Duration.ofMillis(millis)))).isEqualTo(text);
    }

    @Test
    void tellsAgainAndAgainUntilAllHaveEnded() {
        Promise<Void> over = Promise.promise();
        AtomicInteger asked = new AtomicInteger();

        new Draining(() -> {
            int left = 3 - asked.getAndIncrement();
            if (left == 0) {
                over.complete();
            }
            return Optional.of(new DrainProgress(left, 0, Duration.ofMinutes(1)));
        }, told::add, OFTEN, OFTEN).await(over.future());

        assertThat(told).extracting(DrainProgress::sessions)
                .containsExactlyElementsOf(IntStream.of(3, 2, 1).boxed().toList());
    }

    @Test
    void saysNothingIfThereIsNobody() {
        new Draining(Optional::empty, told::add, OFTEN, OFTEN).await(Future.succeededFuture());

        assertThat(told).isEmpty();
    }

    @Test
    void aFailureEndsIt() {
        new Draining(Optional::empty, told::add, OFTEN, OFTEN).await(Future.failedFuture("no"));

        assertThat(told).isEmpty();
    }
}
