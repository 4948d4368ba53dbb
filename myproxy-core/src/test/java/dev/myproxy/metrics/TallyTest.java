package dev.myproxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {

    private enum Fruit {
        APPLE, PEAR
    }

    @Test
    void addsUpForEachKey() throws InterruptedException {
        Tally<Fruit> tally = new Tally<>(Fruit.class);
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 1000; i++) {
                tally.add(Fruit.PEAR, 3);
            }
            tally.add(Fruit.PEAR, -1);
        });

        writer.start();
        writer.join();

        assertThat(tally.get(Fruit.PEAR)).isEqualTo(2999);
        assertThat(tally.get(Fruit.APPLE)).isZero();
    }
}
