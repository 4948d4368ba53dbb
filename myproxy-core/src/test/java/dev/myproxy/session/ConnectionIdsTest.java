package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionIdsTest {

    @Test
    void idsCountUpFromWhereServersNeverGet() {
        ConnectionIds ids = new ConnectionIds();

        assertThat(ids.next()).isEqualTo(2_147_483_648L);
        assertThat(ids.next()).isEqualTo(2_147_483_649L);
    }
}
