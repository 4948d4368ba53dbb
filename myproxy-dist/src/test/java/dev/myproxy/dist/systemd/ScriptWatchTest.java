package dev.myproxy.dist.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptWatchTest {

    private final List<Promise<String>> questions = new ArrayList<>();
    private long now = 5;
    private final ScriptWatch watch = new ScriptWatch(() -> {
        questions.add(Promise.promise());
        return questions.getLast().future();
    }, () -> now);

    private void tickAfter(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
        watch.tick();
    }

    @Test
    void aScriptThatAnswersIsNotBusy() {
        watch.tick();
        questions.getFirst().complete("");
        tickAfter(5);
        questions.getLast().fail("nobody there");
        tickAfter(100);

        assertThat(questions).hasSize(3);
        assertThat(watch.busy()).isEmpty();
    }

    @Test
    void aScriptThatTakesLongIsBusyUntilItAnswers() {
        watch.tick();
        tickAfter(5);
        assertThat(watch.busy()).isEmpty();
        tickAfter(5);
        assertThat(watch.busy()).hasValue(Duration.ofSeconds(10));
        tickAfter(60);
        assertThat(watch.busy()).hasValue(Duration.ofSeconds(70));
        assertThat(questions).as("one question at a time").hasSize(1);

        questions.getFirst().complete("");

        assertThat(watch.busy()).isEmpty();
        tickAfter(5);
        assertThat(questions).hasSize(2);
    }
}
