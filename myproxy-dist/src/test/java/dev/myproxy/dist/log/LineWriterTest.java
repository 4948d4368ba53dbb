package dev.myproxy.dist.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.dist.log.LineWriter.Target;
import dev.myproxy.protocol.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LineWriterTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private static LineWriter start(OutputStream out, OutputStream err) {
        return LineWriter.start(Entries.bare(out, err));
    }

    private static void offer(LineWriter writer, Target target, String text) {
        writer.offer(Entry.of(Priority.of(target), ByteString.of(text)));
    }

    @Test
    void linesGoToTheirStreamInOrder() {
        LineWriter writer = start(out, err);
        offer(writer, Target.OUT, "one");
        offer(writer, Target.ERR, "two");
        offer(writer, Target.OUT, "dreißig");

        assertThat(writer.flush(LONG)).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\ndreißig\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("two\n");
    }

    @Test
    void bothStreamsKeepTheOrderWhereTheyAreOneFile() {
        LineWriter writer = start(out, out);
        for (int i = 0; i < 1000; i++) {
            offer(writer, i % 3 == 0 ? Target.ERR : Target.OUT, "line " + i);
        }

        assertThat(writer.flush(LONG)).isTrue();
        String[] lines = out.toString(StandardCharsets.UTF_8).split("\n");
        assertThat(lines).hasSize(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(lines[i]).isEqualTo("line " + i);
        }
    }

    @Test
    void anotherSinkGetsWhatComesFromThenOn() {
        LineWriter writer = start(out, out);
        offer(writer, Target.OUT, "one");
        writer.use(Entries.bare(err, err));
        offer(writer, Target.OUT, "two");

        assertThat(writer.flush(LONG)).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("two\n");
    }

    @Test
    void bytesPassAsTheyAre() {
        LineWriter writer = start(out, err);
        writer.put(Target.OUT, new byte[]{(byte) 0xff, 0, (byte) 0xfe});

        assertThat(writer.flush(LONG)).isTrue();
        assertThat(out.toByteArray()).containsExactly(0xff, 0, 0xfe, '\n');
    }

    @Test
    void aFullDiskHoldsNobodyUpAndWhatIsLostIsToldAfterwards() {
        AtomicBoolean full = new AtomicBoolean(true);
        LineWriter writer = start(new Disk(full, out), err);
        for (int i = 0; i < 1000; i++) {
            offer(writer, Target.OUT, "line " + "x".repeat(100));
        }
        assertThat(writer.flush(LONG)).isTrue();
        assertThat(out.size()).isZero();

        full.set(false);
        offer(writer, Target.OUT, "there is room again");

        assertThat(writer.flush(LONG)).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("x\nthere is room again\n");
        long written = out.toString(StandardCharsets.UTF_8).lines().count();
        assertThat(written).isBetween(2L, 100L);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo((1001 - written) + " log lines lost: nobody reads them fast enough, or the disk is full\n");
    }

    @Test
    void aDeviceThatIsAlwaysFullDoesNoHarm() throws IOException {
        try (OutputStream device = new FileOutputStream("/dev/full")) {
            LineWriter writer = start(device, device);
            for (int i = 0; i < 1000; i++) {
                writer.put(i % 2 == 0 ? Target.OUT : Target.ERR, "x".repeat(1000).getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(writer.flush(LONG)).isTrue();
        }
    }

    /** Takes nothing while it is full. */
    private static final class Disk extends OutputStream {

        private final AtomicBoolean full;
        private final OutputStream to;

        Disk(AtomicBoolean full, OutputStream to) {
            this.full = full;
            this.to = to;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (full.get()) {
                throw new IOException("No space left on device");
            }
            to.write(bytes, from, count);
        }
    }

    @Test
    void aReaderThatHangsNeverHoldsUpAnOfferAndIsToldWhatItMissed() {
        CountDownLatch open = new CountDownLatch(1);
        LineWriter writer = start(new Gate(open, out), err);
        String line = "x".repeat(100_000);
        for (int i = 0; i < 100; i++) {
            offer(writer, Target.OUT, line);
        }
        assertThat(writer.flush(Duration.ofMillis(1))).isFalse();

        open.countDown();

        assertThat(writer.flush(LONG)).isTrue();
        long written = out.toString(StandardCharsets.UTF_8).lines().count();
        assertThat(written).isBetween(40L, 60L);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo((100 - written) + " log lines lost: nobody reads them fast enough, or the disk is full\n");
    }

    @Test
    void aReaderThatHangsStopsNoScriptThatPrints() {
        CountDownLatch open = new CountDownLatch(1);
        LineWriter writer = start(new Gate(open, out), err);
        byte[] line = "x".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
        assertThat(CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 1000; i++) {
                writer.print(line);
            }
        })).succeedsWithin(LONG);

        open.countDown();

        assertThat(writer.flush(LONG)).isTrue();
        long written = out.toString(StandardCharsets.UTF_8).lines().count();
        assertThat(written).isBetween(4L, 10L);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith((1000 - written) + " log lines lost: ");
    }

    @Test
    void everyLineIsWrittenSoonThoughNobodyFlushes() {
        ByteArrayOutputStream calls = new ByteArrayOutputStream();
        LineWriter writer = start(calls, err);
        for (int i = 0; i < 20; i++) {
            String line = i + "\n";
            offer(writer, Target.OUT, String.valueOf(i));
            await().pollInterval(Duration.ofMillis(1 + i % 3 * 5)).atMost(LONG)
                    .untilAsserted(() -> assertThat(calls.toString(StandardCharsets.UTF_8)).endsWith(line));
        }
    }

    @Test
    void linesThatCrowdAreWrittenTogether() {
        AtomicInteger writes = new AtomicInteger();
        LineWriter writer = start(new OutputStream() {
            @Override
            public void write(int b) {
                writes.incrementAndGet();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                writes.incrementAndGet();
            }
        }, err);
        for (int i = 0; i < 100_000; i++) {
            offer(writer, Target.OUT, "line");
        }

        assertThat(writer.flush(LONG)).isTrue();
        assertThat(writes.get()).isLessThan(10_000);
    }

    @Test
    void aBrokenStreamDoesNotStopTheOther() {
        LineWriter writer = start(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        }, err);
        offer(writer, Target.OUT, "lost");
        offer(writer, Target.ERR, "kept");

        assertThat(writer.flush(LONG)).isTrue();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("kept\n");
    }

    /** Passes nothing on until it is opened. */
    private static final class Gate extends OutputStream {
        private final CountDownLatch open;
        private final OutputStream behind;

        Gate(CountDownLatch open, OutputStream behind) {
            this.open = open;
            this.behind = behind;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            behind.write(bytes, offset, length);
        }
    }
}
