package dev.myproxy.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScriptRunTest {

    private final AtomicInteger ends = new AtomicInteger();

    @Test
    void runsHaveAddressesOfTheirOwn() {
        assertThat(ScriptRun.first().events()).isEqualTo(ScriptBus.EVENTS);
        assertThat(ScriptRun.first().reload()).isEqualTo(ScriptBus.RELOAD);
        assertThat(new ScriptRun(1).events()).isNotEqualTo(ScriptBus.EVENTS);
        assertThat(new ScriptRun(1).events()).isNotEqualTo(new ScriptRun(2).events());
    }

    @Test
    void oneThatNobodyNeedsEndsWhenItIsReplaced() {
        ScriptRun run = ScriptRun.first();
        assertThat(run.enter()).isTrue();
        run.leave();

        run.replace(ends::incrementAndGet);

        assertThat(ends).hasValue(1);
        assertThat(run.isReplaced()).isTrue();
        assertThat(run.enter()).as("is too late").isFalse();
        assertThat(run.sessions()).isZero();
    }

    @Test
    void oneThatIsNeededEndsWithItsLastSession() {
        ScriptRun run = ScriptRun.first();
        run.enter();
        run.enter();
        run.replace(ends::incrementAndGet);
        run.leave();
        assertThat(ends).hasValue(0);
        assertThat(run.sessions()).isEqualTo(1);

        assertThat(run.enter()).as("a client that was on its way").isTrue();
        run.leave();
        run.leave();

        assertThat(ends).hasValue(1);
    }

    @Test
    void sessionsThatBeginAndEndAtTheSameTimeNeverBeginTooLate() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            ScriptRun run = new ScriptRun(round);
            AtomicInteger late = new AtomicInteger();
            Thread sessions = Thread.ofPlatform().start(() -> {
                while (run.enter()) {
                    if (ends.get() > 0) {
                        late.incrementAndGet();
                    }
                    run.leave();
                }
            });
            run.replace(ends::incrementAndGet);
            sessions.join();

            assertThat(ends.getAndSet(0)).isEqualTo(1);
            assertThat(late).hasValue(0);
        }
    }
}
