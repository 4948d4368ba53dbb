package dev.myproxy.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SectionTest {

    @Test
    void onlyWhatStandsBetweenTheCommentsIsReplaced() {
        String text = "# Title\n" + Section.BEGIN + "\nold\nolder\n" + Section.END + "\nrest\n";

        assertThat(Section.replace(text, List.of("new")))
                .isEqualTo("# Title\n" + Section.BEGIN + "\nnew\n" + Section.END + "\nrest\n");
    }

    @Test
    void withoutTheCommentsNothingIsGuessed() {
        assertThatIllegalArgumentException().isThrownBy(() -> Section.replace("# Title\n", List.of()))
                .withMessageContaining(Section.BEGIN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Section.replace(Section.END + "\n" + Section.BEGIN + "\n", List.of()));
    }
}
