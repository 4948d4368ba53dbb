package dev.myproxy.control.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.control.ReceivedDatagram.Defect;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeldomTest {

    private final Seldom seldom = new Seldom();

    @Test
    void eachKindOfMistakeHasOneLineInAWindow() {
        long window = Seldom.WINDOW.toNanos();

        assertThat(seldom.again(Defect.WRONG_MAGIC, 5)).contains("");
        assertThat(seldom.again(Defect.WRONG_MAGIC, 6)).isEmpty();
        assertThat(seldom.again(Defect.WRONG_MAGIC, 4 + window)).isEmpty();
        assertThat(seldom.again(Defect.ODD_LENGTH, 7)).contains("");
        assertThat(seldom.again(Defect.WRONG_MAGIC, 5 + window)).contains(" (2 more before)");
        assertThat(seldom.again(Defect.WRONG_MAGIC, 5 + 2 * window)).contains("");
    }

    @Test
    void someSendersHaveOneLineEach() {
        assertThat(seldom.once(1)).contains("");
        assertThat(seldom.once(1)).isEmpty();
        assertThat(IntStream.range(2, Seldom.MOST_SENDERS).mapToObj(seldom::once))
                .allMatch(line -> line.get().isEmpty());
        assertThat(seldom.once(1000)).contains("; refused senders are only counted from now on");
        assertThat(IntStream.range(2000, 3000).mapToObj(seldom::once)).allMatch(java.util.Optional::isEmpty);
    }
}
