package dev.myproxy.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultRelayTest {

    private static final FakeServer.Script PLAIN = c -> {
        c.greet();
        c.acceptAll();
        c.serve();
    };

    static List<List<Fault>> harmless() {
        return List.of(List.of(), List.of(new Fault.Split(1, Duration.ZERO)),
                List.of(new Fault.Coalesce(100_000, Duration.ofMillis(20))),
                List.of(new Fault.Delay(Duration.ofMillis(5)), new Fault.Split(3, Duration.ofNanos(1))),
                List.of(new Fault.Throttle(10_000)));
    }

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("harmless")
    void changesNoByte(List<Fault> faults) throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.unix(directory.resolve("s")), PLAIN);
                FaultRelay relay = FaultRelay.start(Endpoints.tcp(0), server.address(),
                        Map.of(Direction.TO_CLIENT, faults, Direction.TO_SERVER, faults));
                RawClient client = RawClient.connect(relay.address())) {
            client.login(Login.clear("u", "p"));
            assertThat(client.query("SELECT text").value()).isEqualTo("text");
            client.send(Command.QUIT.payload());
            client.expectEnd();
        }
    }

    @Test
    void throttles() throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> c.raw(new byte[2000]));
                FaultRelay relay = FaultRelay.start(Endpoints.tcp(0), server.address(),
                        Map.of(Direction.TO_CLIENT, List.of(new Fault.Throttle(10_000))));
                Wire client = new Wire(Endpoints.connect(relay.address()))) {
            long start = System.nanoTime();
            client.readFully(java.nio.ByteBuffer.allocate(2000));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(150));
        }
    }

    @Test
    void resetsAtAnOffset() throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), PLAIN);
                FaultRelay relay = FaultRelay.start(Endpoints.tcp(0), server.address(),
                        Map.of(Direction.TO_CLIENT, List.of(new Fault.ResetAt(10))));
                RawClient client = RawClient.connect(relay.address())) {
            assertThatThrownBy(client::readGreeting).isInstanceOf(IOException.class).hasMessageContaining("reset");
            assertThat(relay.connections().getFirst().forwarded(Direction.TO_CLIENT)).isEqualTo(10);
        }
    }

    @Test
    void closesAtAnOffset() throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), PLAIN);
                FaultRelay relay = FaultRelay.start(Endpoints.unix(directory.resolve("r")), server.address(),
                        Map.of(Direction.TO_CLIENT, List.of(new Fault.CloseAt(0))));
                RawClient client = RawClient.connect(relay.address())) {
            assertThatThrownBy(client::readGreeting).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void halfClosesAndLetsTheOtherDirectionLive() throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.expectEnd();
            c.send(0, new byte[]{42});
        });
                FaultRelay relay = FaultRelay.start(Endpoints.tcp(0), server.address(), Map.of());
                RawClient client = RawClient.connect(relay.address())) {
            client.login(Login.clear("u", "p"));
            relay.connections().getFirst().halfClose(Direction.TO_SERVER);
            assertThat(client.stream().read().payload()).containsExactly(42);
            client.expectEnd();
        }
    }

    @Test
    void stallsAndGoesOn() throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), PLAIN);
                FaultRelay relay = FaultRelay.start(Endpoints.tcp(0), server.address(),
                        Map.of(Direction.TO_CLIENT, List.of(new Fault.StallAt(3))));
                RawClient client = RawClient.connect(relay.address())) {
            Awaitility.await().until(() -> !relay.connections().isEmpty()
                    && relay.connections().getFirst().forwarded(Direction.TO_CLIENT) == 3);
            assertThat(client.stream().wire().isOpen()).isTrue();
        }
    }
}
