package dev.myproxy.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class DescriptorsTest {

    private static final String LIMITS = """
                                         Limit                     Soft Limit           Hard Limit           Units
                                         Max processes             96365                96365                processes
                                         Max open files            %s                 1048576              files
                                         """;

    @Test
    void aProxyNeedsTwoForEachSession() throws IOException {
        assertThat(Descriptors.read(LIMITS.formatted("20200")).proxySessions()).isEqualTo(10_000);
    }

    @Test
    void fewAreNotEnoughForAny() throws IOException {
        assertThat(Descriptors.read(LIMITS.formatted("64")).proxySessions()).isZero();
    }

    @Test
    void thereMayBeNoLimit() throws IOException {
        assertThat(Descriptors.read(LIMITS.formatted("unlimited")).proxySessions()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void thisProcessHasSome() throws IOException {
        assertThat(Descriptors.own().limit()).isPositive();
    }
}
