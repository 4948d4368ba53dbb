package dev.myproxy.lua.luajit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JitWaitsTest {

    private static final long TASK = 7;

    private final JitWaits waits = new JitWaits();
    private final List<String> cancelled = new ArrayList<>();

    private LuaReply.Later later(String name) {
        return new LuaReply.Later(Promise.<List<LuaValue>>promise().future(), () -> cancelled.add(name));
    }

    @Test
    void aWaitEndsOnce() {
        long token = waits.add(later("a"));
        assertThat(waits.take(token, TASK)).isPresent();

        assertThat(waits.end(token, TASK)).isTrue();

        assertThat(waits.end(token, TASK)).isFalse();
        waits.abandonTask(TASK);
        assertThat(cancelled).isEmpty();
    }

    @Test
    void abandonedWaitsAreCancelledOnce() {
        long token = waits.add(later("a"));
        waits.take(token, TASK);

        waits.abandonTask(TASK);
        waits.abandonTask(TASK);
        waits.abandon(token);

        assertThat(cancelled).containsExactly("a");
        assertThat(waits.end(token, TASK)).isFalse();
        assertThat(waits.take(token, TASK)).isEmpty();
    }

    @Test
    void tokensThatNoTaskTookAreOfNoUse() {
        long taken = waits.add(later("taken"));
        waits.add(later("lost"));
        waits.take(taken, TASK);

        waits.abandonFresh();
        waits.abandonFresh();

        assertThat(cancelled).containsExactly("lost");
        assertThat(waits.end(taken, TASK)).isTrue();
    }

    @Test
    void allCanBeAbandoned() {
        waits.take(waits.add(later("a")), TASK);
        waits.add(later("b"));

        waits.abandonAll();

        assertThat(cancelled).containsExactlyInAnyOrder("a", "b");
    }
}
