package dev.myproxy.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        assertThat(TextTable.of(List.of(List.of("a", "name"), List.of("long", "b")))).isEqualTo("""
                                                                                                +------+------+
                                                                                                | a    | name |
                                                                                                +------+------+
                                                                                                | long | b    |
                                                                                                +------+------+""");
    }

    @Test
    void anEmptyResultHasAHead() {
        assertThat(TextTable.of(List.of(List.of("x")))).isEqualTo("""
                                                                  +---+
                                                                  | x |
                                                                  +---+
                                                                  +---+""");
    }
}
