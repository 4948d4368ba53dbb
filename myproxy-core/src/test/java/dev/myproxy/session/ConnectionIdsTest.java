package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConnectionIdsTest {

    @Test
    void idsCountUpWhereServersHardlyGet() {
        ConnectionIds ids = new ConnectionIds(-2);

        assertThat(ids.next()).isEqualTo(4_294_967_294L);
        assertThat(ids.next()).isEqualTo(4_294_967_295L);
        assertThat(ids.next()).isEqualTo(2_147_483_648L);
        assertThat(ids.next()).isEqualTo(2_147_483_649L);
    }

    @Test
    void aDaemonBeginsAnywhere() {
        assertThat(Stream.generate(() -> new ConnectionIds().next()).limit(10).distinct().count()).isGreaterThan(8);
    }
}
