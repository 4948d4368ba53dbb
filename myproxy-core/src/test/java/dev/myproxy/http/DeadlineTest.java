package dev.myproxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Deadline deadline;

    DeadlineTest() {
        channel.freezeTime();
        deadline = new Deadline(channel, Duration.ofSeconds(90));
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runPendingTasks();
    }

    @Test
    void closesTheConnection() {
        pass(89);
        assertThat(channel.isOpen()).isTrue();

        pass(1);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void canBePutOff() {
        pass(60);
        deadline.restart();
        pass(89);
        assertThat(channel.isOpen()).isTrue();

        pass(1);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void canBeStoppedForGood() {
        deadline.stop();
        deadline.restart();

        pass(1000);

        assertThat(channel.isOpen()).isTrue();
    }
}
