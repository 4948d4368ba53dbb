package dev.myproxy.dist;

import dev.myproxy.script.Where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.address.Address;
import dev.myproxy.dist.FakeEngine.Script;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptEngine;
import dev.myproxy.script.ScriptException;
import dev.myproxy.script.ScriptHost;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadingTest {

    private static final Handlers HANDLERS = Handlers.of(1);

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final CheckedListeners listeners = new CheckedListeners();
    private Path before = Path.of("/");

    @BeforeEach
    void rememberDirectory() throws IOException {
        before = Path.of("/proc/self/cwd").toRealPath();
    }

    @AfterEach
    void restore() throws IOException {
        new WorkingDirectory().change(before.toString());
        vertx.close().await();
    }

    private Optional<?> load(Script script, CompletableFuture<?> cancelled) throws FatalException {
        var engines = new Engines(List.of(new FakeEngine("fake", 1, Optional.empty(), script)));
        return new Loading(engines).load(vertx, ConfigurationFile.of(directory + "/config.fake"), Optional.empty(),
                this::verticle, cancelled);
    }

    private Deployable verticle(ScriptEngine engine) {
        return engine.verticle(Path.of(directory + "/config.fake"),
                new DaemonHost(listeners, new SimpleMeterRegistry()));
    }

    private Optional<?> load(Script script) throws FatalException {
        return load(script, new CompletableFuture<>());
    }

    @Test
    void theScriptRunsInItsDirectoryAndTheRestInTheRoot() throws Exception {
        CompletableFuture<Path> during = new CompletableFuture<>();

        assertThat(load((_, _) -> during.complete(Path.of("/proc/self/cwd").toRealPath()))).isPresent();

        assertThat(during).isCompletedWithValue(directory.toRealPath());
        assertThat(Path.of("/proc/self/cwd").toRealPath()).isEqualTo(Path.of("/"));
    }

    @Test
    void listenersAreBoundWhileItLoads() throws FatalException {
        load((_, host) -> host.listen(new Where.At(new Address.Abstract("x")), HANDLERS));

        assertThat(listeners.count()).isEqualTo(1);
    }

    @Test
    void aMistakeIsAWrongConfiguration() {
        assertThatThrownBy(() -> load((path, _) -> {
            throw new ScriptException(path + ":3: nonsense");
        })).isInstanceOfSatisfying(FatalException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIG);
            assertThat(e.lines()).containsExactly(directory + "/config.fake:3: nonsense");
        });
    }

    @Test
    void aDirectoryThatIsNotThereIsAWrongConfiguration() {
        var engines = new Engines(List.of(new FakeEngine("fake", 1, Optional.empty(), LoadingTest::nothing)));

        assertThatThrownBy(() -> new Loading(engines).load(vertx, ConfigurationFile.of(directory + "/none/x.fake"),
                Optional.empty(), this::verticle, new CompletableFuture<>()))
                .hasMessage("Failed to change to " + directory + "/none: No such file or directory")
                .isInstanceOfSatisfying(FatalException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIG));
    }

    @Test
    void aSignalEndsTheWaitForAScriptThatHangs() throws FatalException {
        CountDownLatch hanging = new CountDownLatch(1);
        CompletableFuture<Integer> cancelled = new CompletableFuture<>();
        try {
            var loaded = load((_, _) -> {
                cancelled.complete(15);
                hanging.await();
            }, cancelled);

            assertThat(loaded).isEmpty();
        } finally {
            hanging.countDown();
        }
    }

    private static void nothing(Path configuration, ScriptHost host) {
        // a configuration without a statement
    }
}
