package dev.myproxy.lua.lib.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.LuaValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeQueueTest {

    private final List<LuaValue> called = new ArrayList<>();
    private final Deque<Runnable> running = new ArrayDeque<>();
    private int released;
    private final ChangeQueue queue = new ChangeQueue((change, ended) -> {
        called.add(change);
        running.add(ended);
    }, () -> released++);

    private void add(int from, int to) {
        for (int i = from; i <= to; i++) {
            queue.add(LuaValue.of(i));
        }
    }

    private void endAll() {
        while (!running.isEmpty()) {
            running.remove().run();
        }
    }

    @Test
    void callsAreMadeOneAfterTheOtherInOrder() {
        add(1, 3);
        assertThat(called).containsExactly(LuaValue.of(1));

        running.remove().run();
        assertThat(called).containsExactly(LuaValue.of(1), LuaValue.of(2));

        endAll();
        add(4, 4);
        assertThat(called).containsExactly(LuaValue.of(1), LuaValue.of(2), LuaValue.of(3), LuaValue.of(4));
    }

    @Test
    void whenTooManyWaitTheOldestAreLeftOut() {
        add(1, 1);
        add(2, ChangeQueue.MAX_WAITING + 3);

        endAll();

        assertThat(called).hasSize(1 + ChangeQueue.MAX_WAITING).startsWith(LuaValue.of(1), LuaValue.of(4))
                .endsWith(LuaValue.of(ChangeQueue.MAX_WAITING + 3));
    }

    @Test
    void oneThatIsClosedMakesNoMoreCallsAndLetsGoOfItsFunctionAfterTheLast() {
        add(1, 2);

        queue.close();
        assertThat(released).isZero();
        endAll();

        assertThat(called).containsExactly(LuaValue.of(1));
        assertThat(released).isEqualTo(1);
    }

    @Test
    void oneThatIsIdleLetsGoAtOnce() {
        queue.close();

        assertThat(released).isEqualTo(1);
    }
}
