package dev.myproxy.dist.log;

import static dev.myproxy.dist.log.Entries.entry;
import static dev.myproxy.dist.log.Entries.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.posix.FakeJournal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalSinkTest {

    private static final String LARGE = "x".repeat(8 << 20);

    @TempDir
    Path dir;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Path path() {
        return dir.resolve("socket");
    }

    private JournalSink sink() {
        return new JournalSink(path(), Duration.ofMillis(20), Entries.bare(err, err));
    }

    private String fallback(JournalSink sink) {
        assertThat(sink.flush()).isTrue();
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theJournalGetsFields() throws Exception {
        JournalSink sink = sink();
        try (FakeJournal journal = new FakeJournal(path())) {
            assertThat(sink.write(entry(Priority.INFO, "hello", field("session", 7L)))).isTrue();

            assertThat(journal.receive()).startsWith("MESSAGE=hello\nPRIORITY=6\n").endsWith("MYPROXY_SESSION=7\n");
        }
        assertThat(fallback(sink)).isEmpty();
    }

    @Test
    void whatNoDatagramTakesGoesAsAFile() throws Exception {
        JournalSink sink = sink();
        try (FakeJournal journal = new FakeJournal(path())) {
            assertThat(sink.write(entry(Priority.INFO, LARGE))).isTrue();
            assertThat(sink.write(entry(Priority.INFO, "next"))).isTrue();

            assertThat(journal.receive()).hasSizeGreaterThan(LARGE.length()).startsWith("MESSAGE=xxx")
                    .contains("x\nPRIORITY=6\n");
            assertThat(journal.receive()).startsWith("MESSAGE=next\n");
        }
        assertThat(fallback(sink)).isEmpty();
    }

    @Test
    void withoutAJournalStderrGetsTheLinesUntilItIsThere() throws Exception {
        JournalSink sink = sink();
        assertThat(sink.write(entry(Priority.INFO, "one"))).isTrue();
        assertThat(sink.write(entry(Priority.WARN, "two"))).isTrue();
        String lines = "Failed to write to the journal at " + path()
                + ": No such file or directory; log lines go to stderr until it works\none\ntwo\n";
        assertThat(fallback(sink)).isEqualTo(lines);

        try (FakeJournal journal = new FakeJournal(path())) {
            assertThat(sink.write(entry(Priority.INFO, "three"))).isTrue();

            assertThat(journal.receive()).startsWith("MESSAGE=three\n");
            assertThat(journal.receive()).startsWith("MESSAGE=The journal takes log lines again; 2 went to stderr\n");
        }
        assertThat(fallback(sink)).isEqualTo(lines);
    }

    @Test
    void aJournalThatEndsIsNoticed() throws Exception {
        JournalSink sink = sink();
        try (FakeJournal journal = new FakeJournal(path())) {
            sink.write(entry(Priority.INFO, "one"));
            assertThat(journal.receive()).startsWith("MESSAGE=one\n");
        }
        assertThat(sink.write(entry(Priority.INFO, "two"))).isTrue();
        assertThat(fallback(sink)).endsWith("\ntwo\n");
    }

    @Test
    void whatAJournalThatHangsTakesNotIsLost() throws Exception {
        JournalSink sink = sink();
        try (FakeJournal journal = new FakeJournal(path())) {
            AtomicInteger taken = new AtomicInteger();
            assertThat(CompletableFuture.runAsync(() -> {
                while (sink.write(entry(Priority.INFO, "x"))) {
                    taken.incrementAndGet();
                }
                assertThat(sink.write(entry(Priority.INFO, "lost at once"))).isFalse();
            })).succeedsWithin(Duration.ofSeconds(30));

            for (int i = 0; i < taken.get(); i++) {
                assertThat(journal.receive()).startsWith("MESSAGE=x\n");
            }
            assertThat(sink.write(entry(Priority.INFO, LARGE))).isTrue();
            assertThat(journal.receive()).startsWith("MESSAGE=xxx");
        }
        assertThat(fallback(sink)).isEmpty();
    }

    @Test
    void aJournalThatHangsIsToldLaterWhatItMissed() throws Exception {
        LineWriter writer = LineWriter.start(sink());
        try (FakeJournal journal = new FakeJournal(path())) {
            for (int i = 0; i < 100; i++) {
                writer.offer(entry(Priority.INFO, "y".repeat(100_000)));
            }
            assertThat(writer.flush(Duration.ofSeconds(30))).isTrue();

            int told = 0;
            for (Optional<String> line = journal.poll(); line.isPresent(); line = journal.poll()) {
                told += told(line.get());
            }
            assertThat(told).isBetween(1, 99);
            writer.offer(entry(Priority.INFO, "there is room again"));

            assertThat(journal.receive()).startsWith("MESSAGE=there is room again\n");
            assertThat(told(journal.receive())).isEqualTo(100 - told);
        }
    }

    /** Of how many lines a message tells: one, or how many are lost. */
    private static int told(String message) {
        Matcher lost = Pattern.compile("MESSAGE=(\\d+) log lines lost: .*\nPRIORITY=3\n", Pattern.DOTALL)
                .matcher(message);
        return lost.lookingAt() ? Integer.parseInt(lost.group(1)) : 1;
    }
}
