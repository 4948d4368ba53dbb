package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service manager does with the daemon. {@link ProxyProcess} waits for READY=1, so each test proves that too. */
@OwnServers
class SignalsIT {

    @TempDir
    private Path directory;

    private String listen() {
        return "mysql_listen('" + directory.resolve("socket")
                + "', {on_handshake_response = function(client) return client:err('no') end})\n";
    }

    @ParameterizedTest
    @CsvSource({"TERM, 15", "INT, 2"})
    void stopsInOrder(String signal, int number) throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(directory, listen())) {
            proxy.process().signal(signal);

            assertThat(proxy.process().waitForEnd()).isZero();
            proxy.awaitLine(
                    ("caught signal " + number + ", shutting down (pid=" + proxy.process().pid() + ")")::equals);
            assertThat(proxy.err()).hasSize(1);
            assertThat(directory.resolve("socket")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"luajit", "luaj"})
    void hangupCallsReload(String engine) throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(directory,
                listen() + "local n = 0 function reload() n = n + 1 print('reloaded ' .. n) end", "--engine", engine)) {
            proxy.process().signal("HUP");
            proxy.awaitLine("reloaded 1"::equals);
            proxy.process().signal("HUP");
            proxy.awaitLine("reloaded 2"::equals);

            assertThat(proxy.stop()).isZero();
        }
    }

    @Test
    void hangupWithoutReloadIsIgnored() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(directory, listen())) {
            proxy.process().signal("HUP");

            assertThat(proxy.stop()).isZero();
            Awaitility.await().until(() -> proxy.err().size() == 1);
            assertThat(proxy.out()).isEmpty();
        }
    }

    @Test
    void aSignalDoesNotWaitForAConfigurationThatHangs() throws Exception {
        Path file = Files.writeString(directory.resolve("slow.lua"), "print('slow') os.execute('sleep 15')");
        try (ProxyProcess proxy = ProxyProcess.run(List.of("--config", file.toString()))) {
            proxy.awaitLine("slow"::equals);
            long begin = System.nanoTime();

            assertThat(proxy.stop()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void aSecondSignalDoesNotWaitForAScriptThatHangs() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(directory,
                listen() + "function reload() print('slow') os.execute('sleep 15') end")) {
            proxy.process().signal("HUP");
            proxy.awaitLine("slow"::equals);
            proxy.process().signal("TERM");
            proxy.awaitLine(line -> line.startsWith("caught signal 15"));
            long begin = System.nanoTime();
            proxy.process().signal("TERM");

            assertThat(proxy.process().waitForEnd()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        }
    }

    /** As the service manager's watchdog does before it gives up. */
    @Test
    void quitShowsWhereAllThreadsAreAndEndsNothing() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(directory, listen() + "function reload() print('reloaded') end")) {
            proxy.process().signal("QUIT");

            proxy.awaitLine(line -> line.startsWith("Full thread dump "));
            proxy.awaitLine(line -> line.startsWith("\"myproxy-script\" "));
            proxy.awaitLine(line -> line.contains("eventloop-thread"));
            proxy.process().signal("HUP");
            proxy.awaitLine("reloaded"::equals);
            assertThat(proxy.stop()).isZero();
        }
    }

    @Test
    void hangupWhileTheConfigurationRunsIsAnsweredAfterwards() throws Exception {
        Path file = Files.writeString(directory.resolve("slow.lua"),
                listen() + "function reload() print('reloaded') end print('slow') os.execute('sleep 1')");
        try (ProxyProcess proxy = ProxyProcess.run(List.of("--config", file.toString()))) {
            proxy.awaitLine("slow"::equals);
            proxy.process().signal("HUP");

            proxy.awaitLine("reloaded"::equals);
            assertThat(proxy.stop()).isZero();
        }
    }

    @Test
    void runsInTheRootDirectory() throws IOException {
        try (ProxyProcess proxy = ProxyProcess.start(directory, listen())) {
            assertThat(Files.readSymbolicLink(Path.of("/proc", Long.toString(proxy.process().pid()), "cwd")))
                    .isEqualTo(Path.of("/"));
        }
    }
}
