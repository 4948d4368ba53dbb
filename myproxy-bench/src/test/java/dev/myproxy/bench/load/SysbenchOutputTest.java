package dev.myproxy.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class SysbenchOutputTest {

    private static final String OUTPUT = """
                                         Threads started!

                                         Latency histogram (values are in milliseconds)
                                                value  ------------- distribution ------------- count
                                                0.050 |**********                               50
                                                0.100 |********                                 40
                                                0.200 |*                                        6
                                                3.000 |                                         4

                                         SQL statistics:
                                             queries performed:
                                                 read:                            100
                                                 total:                           100
                                             transactions:                        100    (50.00 per sec.)
                                             queries:                             100    (50.00 per sec.)
                                             ignored errors:                      0      (0.00 per sec.)
                                         """;

    @Test
    void countsAndPercentilesAreFound() throws LoadException {
        SysbenchOutput output = SysbenchOutput.read(OUTPUT);

        assertThat(output.queries()).isEqualTo(100);
        assertThat(output.elapsed()).hasSeconds(2);
        assertThat(output.latencies()).isEqualTo(new Percentiles(50, 200, 3000));
    }

    @Test
    void aFailureSaysWhatSysbenchSaid() {
        assertThatExceptionOfType(LoadException.class)
                .isThrownBy(() -> SysbenchOutput.read("hello\nFATAL: error 1045: Access denied\nother\n"))
                .withMessage("sysbench failed: FATAL: error 1045: Access denied");
    }
}
