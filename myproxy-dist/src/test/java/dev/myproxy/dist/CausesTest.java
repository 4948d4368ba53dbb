package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class CausesTest {

    @Test
    void oneMessagePerCauseOutermostFirst() {
        var failure = new IllegalStateException("outer", new IOException("inner"));
        assertThat(Causes.messages(failure)).containsExactly("outer", "inner");
    }

    @Test
    void wrappersAreLeftOut() {
        var failure = new CompletionException(new ExecutionException(new RuntimeException(new IOException("inner"))));
        assertThat(Causes.messages(failure)).containsExactly("inner");
    }

    @Test
    void anExceptionWithoutMessageShowsItsClass() {
        assertThat(Causes.messages(new NullPointerException())).containsExactly("java.lang.NullPointerException");
    }

    @Test
    void nothingIsSaidTwice() {
        var failure = new IOException("cannot open x: No such file", new java.nio.file.NoSuchFileException("x"));
        assertThat(Causes.messages(failure)).containsExactly("cannot open x: No such file");
    }

    @Test
    void unwrapsToWhatWasThrown() {
        var thrown = new IOException("x");
        assertThat(Causes.unwrap(new CompletionException(new ExecutionException(thrown)))).isSameAs(thrown);
        assertThat(Causes.unwrap(thrown)).isSameAs(thrown);
    }
}
