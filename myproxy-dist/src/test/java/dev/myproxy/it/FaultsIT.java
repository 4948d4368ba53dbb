package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Direction;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Fault;
import dev.myproxy.peers.FaultRelay;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However the network cuts or glues the bytes on either side of the daemon: client and server see the same packets. */
class FaultsIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    private final SharedProxy proxy = SharedProxy.standard();

    static List<List<Fault>> faults() {
        return List.of(List.of(new Fault.Split(1, Duration.ZERO)), List.of(new Fault.Split(5, Duration.ofNanos(1))),
                List.of(new Fault.Coalesce(60_000, Duration.ofMillis(10))),
                List.of(new Fault.Delay(Duration.ofMillis(3)), new Fault.Split(1000, Duration.ZERO)),
                List.of(new Fault.Throttle(60_000)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void nothingChangesWithinThem(List<Fault> faults) throws IOException {
        List<List<Packet>> expected;
        try (RawClient direct = RawClient.connect(DB.socket()).loginNative(Login.clear("root", ""), "")) {
            expected = talk(direct);
        }
        Map<Direction, List<Fault>> both = Map.of(Direction.TO_CLIENT, faults, Direction.TO_SERVER, faults);
        try (FaultRelay toServer = FaultRelay.start(Endpoints.tcp(0), DB.tcp(), both);
                FaultRelay toProxy = FaultRelay.start(Endpoints.tcp(0), proxy.tcp(), both);
                RawClient client = RawClient.connect(toProxy.address())) {
            client.login(Login.clear(account("root", toServer.address()), ""));
            assertThat(talk(client)).isEqualTo(expected);
            client.send(Command.QUIT.payload());
            client.expectEnd();
        }
    }

    private static List<List<Packet>> talk(RawClient client) throws IOException {
        List<List<Packet>> replies = new ArrayList<>();
        replies.add(client.query("SELECT 1; SELECT ''; SELECT NULL, 'x'; DO 1; SELECT REPEAT('z', 3000)").packets());
        Reply prepared = client.run(Command.STMT_PREPARE, "SELECT ?, 2".getBytes(StandardCharsets.UTF_8));
        replies.add(prepared.withoutStatementId());
        long id = prepared.statementId();
        replies.add(client.run(Command.STMT_EXECUTE,
                new PayloadWriter().u32(id).u8(0).u32(1).u8(0).u8(1).u16(3).u32(99).toByteArray()).packets());
        client.send(Command.STMT_CLOSE.payload(new PayloadWriter().u32(id).toByteArray()));
        replies.add(client.query("SELECT broken").packets());
        replies.add(client.run(Command.PING).packets());
        return replies;
    }
}
