package dev.myproxy.dist.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldsTest {

    @Test
    void namesAreThoseThatTheJournalTakes() {
        assertThat(Fields.journalName("server_version")).isEqualTo("MYPROXY_SERVER_VERSION");
        assertThat(Fields.journalName("a-b.ü")).isEqualTo("MYPROXY_A_B__");
        assertThat(Fields.journalName("x".repeat(100))).hasSize(64);
    }

    @Test
    void fractionsHaveThreeDigits() {
        assertThat(Fields.decimal(0)).isEqualTo("0.000");
        assertThat(Fields.decimal(1e-9)).isEqualTo("0.000");
        assertThat(Fields.decimal(12345678.9876)).isEqualTo("12345678.988");
    }
}
