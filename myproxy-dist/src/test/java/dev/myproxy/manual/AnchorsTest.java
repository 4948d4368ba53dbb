package dev.myproxy.manual;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnchorsTest {

    private final Anchors anchors = new Anchors();

    @Test
    void namesAreThoseOfCodeHosts() {
        assertThat(anchors.next("The names of the C++ myproxy")).isEqualTo("the-names-of-the-c-myproxy");
        assertThat(anchors.next("mysql_listen(where, handlers [, options])"))
                .isEqualTo("mysql_listenwhere-handlers--options");
        assertThat(anchors.next("KILL, Ctrl-C")).isEqualTo("kill-ctrl-c");
    }

    @Test
    void aSecondOneOfTheSameNameHasANumber() {
        assertThat(anchors.next("Metrics")).isEqualTo("metrics");
        assertThat(anchors.next("Metrics")).isEqualTo("metrics-1");
        assertThat(anchors.next("metrics")).isEqualTo("metrics-2");
    }
}
