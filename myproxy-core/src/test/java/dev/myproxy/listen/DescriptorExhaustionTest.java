package dev.myproxy.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.transport.Sockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Listeners in a process that may have few descriptors. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
@ParameterizedClass
@MethodSource("dev.myproxy.transport.TestedTransport#nativeKinds")
class DescriptorExhaustionTest {

    private static final int DESCRIPTORS = 200;
    private static final int CLIENTS = 300;
    private static final int STAYING = 20;
    private static final String SERVED = "*";

    @TempDir
    Path dir;

    private final Sockets kind;
    private final List<SocketChannel> clients = new ArrayList<>();

    DescriptorExhaustionTest(Sockets kind) {
        this.kind = kind;
    }

    @AfterEach
    void leave() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    @Test
    void acceptingPausesAndResumes() throws Exception {
        try (CrowdedProcess process = new CrowdedProcess(DESCRIPTORS, dir.resolve("s"), kind, "")) {
            // when more clients come than there are descriptors
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(process.client());
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> process.lines("Failed to accept connection on ") == 1);

            // then those that got in are served, the others wait, and the listener neither spins nor floods the log
            await().until(() -> process.lines("Failed again") >= 2);
            CrowdedProcess.echo(clients.getFirst());
            long tries = process.lines("Failed again");
            await().during(Duration.ofMillis(1_500)).atMost(Duration.ofSeconds(5))
                    .until(() -> process.lines("Failed again") - tries <= 5);
            assertThat(process.lines("Failed to accept connection on ")).isEqualTo(1);
            assertThat(process.lines("again; it failed")).isZero();

            // when enough clients leave
            for (SocketChannel client : clients.subList(0, CLIENTS - STAYING)) {
                client.close();
            }

            // then all others get their turn, and one line says that it is over
            for (SocketChannel client : clients.subList(CLIENTS - STAYING, CLIENTS)) {
                CrowdedProcess.echo(client);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> process.lines("again; it failed") == 1);
            assertThat(process.lines("Failed to accept connection on ")).isEqualTo(1);
            assertThat(process.log()).anyMatch(line -> line.contains(": Too many open files; clients wait"));
        }
    }

    @Test
    void clientsAreToldThatThereAreTooManyUntilOthersLeave() throws Exception {
        Path socket = dir.resolve("s");
        try (CrowdedProcess process = new CrowdedProcess(DESCRIPTORS, socket, kind, "Too many!")) {
            // when more clients come than there are descriptors
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(process.client());
            }

            // then those who are too many are told so, and nobody waits; the JVM itself may take a descriptor for a moment at any time,
            // so that the one or the other is served who comes later
            int served = 0;
            for (SocketChannel client : clients) {
                String answer = answer(client);
                assertThat(answer).isIn(SERVED, "Too many!");
                served += answer.equals(SERVED) ? 1 : 0;
            }
            assertThat(served).isBetween(STAYING, DESCRIPTORS);
            int told = CLIENTS - served;
            await().until(() -> process.lines("told") == told);
            assertThat(process.lines("[" + socket + "] Too many connections: no descriptor is left")).isEqualTo(1);
            assertThat(process.lines("Failed")).isZero();

            // when one leaves, then there is room for another one
            clients.getFirst().close();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                SocketChannel next = process.client();
                clients.add(next);
                return answer(next).equals(SERVED);
            });
        }
    }

    /** What a client reads when it sends a byte: that byte, or what it is told in the place of that. */
    private static String answer(SocketChannel client) throws IOException {
        try {
            client.write(ByteBuffer.wrap(SERVED.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException _) {
            // It was told already, and its connection is closed behind that.
        }
        ByteBuffer all = ByteBuffer.allocate(100);
        while (client.read(all) >= 0 && all.get(0) != SERVED.charAt(0)) {
            assertThat(all.hasRemaining()).isTrue();
        }
        return new String(all.array(), 0, all.position(), StandardCharsets.UTF_8);
    }
}
