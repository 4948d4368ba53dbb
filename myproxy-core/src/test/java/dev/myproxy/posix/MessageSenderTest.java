package dev.myproxy.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSenderTest {

    private static final Duration PATIENCE = Duration.ofMillis(20);

    @TempDir
    Path dir;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path path() {
        return dir.resolve("s");
    }

    private byte[] name() {
        return bytes(path().toString());
    }

    @Test
    void sendsDatagrams() throws Exception {
        try (FakeJournal receiver = new FakeJournal(path()); MessageSender sender = MessageSender.open(PATIENCE)) {
            sender.send(name(), bytes("one"), true);
            sender.send(name(), bytes("two"), false);

            assertThat(receiver.receive()).isEqualTo("one");
            assertThat(receiver.receive()).isEqualTo("two");
        }
    }

    @Test
    void saysWhatIsTooLargeAndThatNobodyIsThere() throws Exception {
        try (MessageSender sender = MessageSender.open(PATIENCE)) {
            assertThatThrownBy(() -> sender.send(name(), bytes("x"), true)).isInstanceOf(ErrnoException.class)
                    .hasMessage("No such file or directory");
            try (FakeJournal _ = new FakeJournal(path())) {
                assertThatThrownBy(() -> sender.send(name(), new byte[64 << 20], true))
                        .isInstanceOfSatisfying(ErrnoException.class,
                                e -> assertThat(e.errno()).isIn(Errno.EMSGSIZE, Errno.ENOBUFS));
            }
        }
    }

    @Test
    void sendsFiles() throws Exception {
        String content = "x".repeat(1_000_000);
        int file = MemoryFile.sealed("test", bytes(content));
        try (FakeJournal receiver = new FakeJournal(path()); MessageSender sender = MessageSender.open(PATIENCE)) {
            sender.sendFile(name(), file, true);

            assertThat(receiver.receive()).isEqualTo(content);
        } finally {
            PosixFiles.close(file);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void waitsNotForEverForAReceiverThatHangs(boolean wait) throws Exception {
        try (FakeJournal receiver = new FakeJournal(path()); MessageSender sender = MessageSender.open(PATIENCE)) {
            assertThat(CompletableFuture.supplyAsync(() -> fill(sender, wait))).succeedsWithin(Duration.ofSeconds(30))
                    .isEqualTo(Errno.EAGAIN);

            assertThat(receiver.receive()).isEqualTo("number 0");
            sender.send(name(), bytes("the last one"), wait);
            for (int i = 1; !receiver.receive().equals("the last one"); i++) {
                assertThat(i).isLessThan(100_000);
            }
        }
    }

    /** Sends until that fails, and says why. */
    private int fill(MessageSender sender, boolean wait) {
        for (int i = 0; i < 100_000; i++) {
            try {
                sender.send(name(), bytes("number " + i), wait);
            } catch (ErrnoException e) {
                return e.errno();
            }
        }
        throw new AssertionError("there is always room");
    }
}
