package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {

    @Test
    void aSignalCallsTheActionWithItsNumber() throws IOException {
        CompletableFuture<Integer> received = new CompletableFuture<>();
        Signals.handle("HUP", received::complete);

        new ProcessBuilder("kill", "-HUP", Long.toString(ProcessHandle.current().pid())).start();

        assertThat(received.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(1);
    }
}
