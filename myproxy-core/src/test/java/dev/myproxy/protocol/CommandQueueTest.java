package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommandQueueTest {

    @Test
    void packsAnEntry() {
        int entry = CommandQueue.entry(0xfa, 255, CommandQueue.EMPTY);

        assertThat(CommandQueue.code(entry)).isEqualTo(0xfa);
        assertThat(CommandQueue.sequenceId(entry)).isEqualTo(255);
        assertThat(entry & CommandQueue.EMPTY).isNotZero();
        assertThat(entry & CommandQueue.CURSOR).isZero();
        assertThat(CommandQueue.sequenceId(CommandQueue.withSequenceId(entry, 3))).isEqualTo(3);
        assertThat(CommandQueue.code(CommandQueue.withSequenceId(entry, 3))).isEqualTo(0xfa);
    }

    @Test
    void keepsTheOrderOfArrival() {
        CommandQueue queue = new CommandQueue();
        Queue<Integer> expected = new ArrayDeque<>();
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            if (expected.isEmpty() || random.nextInt(100) < 52) {
                queue.add(i);
                expected.add(i);
                assertThat(queue.last()).isEqualTo(i);
            } else {
                assertThat(queue.remove()).isEqualTo(expected.remove());
            }
            assertThat(queue.size()).isEqualTo(expected.size());
            assertThat(queue.isEmpty()).isEqualTo(expected.isEmpty());
        }
    }

    @Test
    void changesTheNewestEntry() {
        CommandQueue queue = new CommandQueue();
        queue.add(1);
        queue.add(2);

        queue.setLast(9);

        assertThat(queue.remove()).isEqualTo(1);
        assertThat(queue.remove()).isEqualTo(9);
    }
}
