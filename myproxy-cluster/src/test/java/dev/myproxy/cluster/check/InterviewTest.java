package dev.myproxy.cluster.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.cluster.CheckResult;
import dev.myproxy.cluster.CheckSettings;
import dev.myproxy.cluster.NodeState;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.PayloadWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The questions behind the login, on the wire. */
class InterviewTest {

    private static final String READ_ONLY = "SELECT @@global.read_only";

    private final Checks checks = new Checks();

    @AfterEach
    void stop() {
        checks.close();
    }

    @ParameterizedTest
    @CsvSource({"0, ALIVE, ok", "1, READ_ONLY, read only", "NO_LOCK, READ_ONLY, read only"})
    void readOnly(String value, NodeState state, String reason) throws IOException {
        Asked server = new Asked("8.0.36").on(READ_ONLY, Asked.value(value));

        CheckResult result = checks.check(server, Checks.readOnly());

        assertThat(result.state()).isEqualTo(state);
        assertThat(result.reason()).isEqualTo(reason);
        assertThat(server.wasLeftPolitely()).isTrue();
    }

    @Test
    void anErrIsAReason() throws IOException {
        Asked server = new Asked("8.0.36").on(READ_ONLY, Asked.error(1193, "Unknown system variable 'read_only'"));

        CheckResult result = checks.check(server, Checks.readOnly());

        assertThat(result.state()).isEqualTo(NodeState.DEAD);
        assertThat(result.reason()).isEqualTo(READ_ONLY + " failed: Unknown system variable 'read_only'");
        assertThat(server.wasLeftPolitely()).isTrue();
    }

    @Test
    void anErrAmongTheRows() throws IOException {
        Asked server = new Asked("8.0.36").on("SELECT a", c -> {
            c.definitions(List.of("a"));
            c.row(List.of("1"));
            c.err(1317, "70100", "Query execution was interrupted");
        });

        assertThat(checks.check(server, Checks.query("SELECT a")).reason())
                .isEqualTo("The check query failed: Query execution was interrupted");
    }

    @Test
    void asksEverythingAndFindsTheWorst() throws IOException {
        CheckSettings all = new CheckSettings(Checks.LOGIN.login(), true,
                Checks.query("SELECT 'fine'").query(), Optional.of(Duration.ofSeconds(10)), true, true,
                Checks.LOGIN.timeout());
        GroupReplicationQuestion group = GroupReplicationQuestion.first();
        Asked server = new Asked("8.0.36")
                .on(new GaleraQuestion().statement().utf8(),
                        Asked.table(List.of("Variable_name", "Value"), Asked.row("wsrep_ready", "ON"),
                                Asked.row("wsrep_local_state", "4"), Asked.row("wsrep_local_state_comment", "Synced")))
                .on(group.statement().utf8(), Asked.table(List.of("a", "b", "c"), Asked.row("1", "ONLINE", "PRIMARY")))
                .on("SELECT 'fine'", Asked.value("fine")).on(READ_ONLY, Asked.value("ON"))
                .on("SHOW REPLICA STATUS", Asked.table(List.of("Seconds_Behind_Source"), Asked.row("7")));

        CheckResult result = checks.check(server, all);

        assertThat(result.state()).isEqualTo(NodeState.READ_ONLY);
        assertThat(result.reason()).isEqualTo("read only");
        assertThat(result.lag()).contains(Duration.ofSeconds(7));
        assertThat(server.statements()).hasSize(5);
        assertThat(server.wasLeftPolitely()).isTrue();
    }

    @Test
    void asksNoMoreOnceItIsDead() throws IOException {
        CheckSettings settings = new CheckSettings(Checks.LOGIN.login(), true, Checks.query("SELECT 0").query(),
                Optional.empty(), false, false, Checks.LOGIN.timeout());
        Asked server = new Asked("8.0.36").on("SELECT 0", Asked.value("0"));

        assertThat(checks.check(server, settings).reason()).isEqualTo("The check query gives \"0\"");
        assertThat(server.statements()).containsExactly("SELECT 0");
    }

    @Test
    void triesTheOlderFormOfAStatement() throws IOException {
        Asked server = new Asked("5.7.44").on("SHOW SLAVE STATUS",
                Asked.table(List.of("Seconds_Behind_Master"), Asked.row("3")));

        CheckResult result = checks.check(server, Checks.maxLag(false, 5));

        assertThat(result.state()).isEqualTo(NodeState.ALIVE);
        assertThat(result.lag()).contains(Duration.ofSeconds(3));
        assertThat(server.statements()).containsExactly("SHOW REPLICA STATUS", "SHOW SLAVE STATUS");
    }

    @Test
    void remembersTheLagOfAReplicaThatLosesItsSource() throws IOException, TimeoutException {
        List<String> columns = List.of("Replica_IO_Running", "Replica_SQL_Running", "Seconds_Behind_Source");
        Asked replica = new Asked("8.0.36").on("SHOW REPLICA STATUS",
                Asked.table(columns, Asked.row("Yes", "Yes", "3")));
        try (FakeServer server = FakeServer.startForMany(Endpoints.tcp(0), replica)) {
            Checks.Running first = checks.begin(server.address(), Checks.maxLag(false, 3600));
            assertThat(first.result().lag()).contains(Duration.ofSeconds(3));
            replica.on("SHOW REPLICA STATUS", Asked.table(columns, Asked.row("Connecting", "Yes", null)));

            CheckResult later = first.probe().check(server.address()).await(60, TimeUnit.SECONDS);

            assertThat(later.state()).isEqualTo(NodeState.ALIVE);
            assertThat(later.lag()).hasValueSatisfying(lag -> assertThat(lag).isGreaterThan(Duration.ofSeconds(3)));
        }
    }

    @Test
    void severalResults() throws IOException {
        Asked server = new Asked("8.0.36").on("CALL healthy()", c -> {
            c.resultSet(List.of("v"), List.of(List.of("1")), Flags.AUTOCOMMIT | Flags.MORE_RESULTS);
            c.resultSet(List.of("v"), List.of(List.of("0")), Flags.AUTOCOMMIT | Flags.MORE_RESULTS);
            c.ok();
        });

        assertThat(checks.check(server, Checks.query("CALL healthy()")).state()).isEqualTo(NodeState.ALIVE);
        assertThat(server.wasLeftPolitely()).isTrue();
    }

    @Test
    void packetsOutOfOrder() throws IOException {
        malformed(c -> c.send(2, new byte[]{1}), "Packet is out of order");
        malformed(c -> c.raw(new PayloadWriter().u24(0xffffff).u8(1).u8(1).toByteArray()),
                "Packet is larger than any that may come here");
        malformed(c -> {
            c.definitions(List.of("v"));
            c.send((byte) 100, (byte) 'x');
        }, "Packet ends before its fields do");
        malformed(c -> c.send(new PayloadWriter().u8(0xfb).text("/etc/passwd").toByteArray()),
                "Not a length-encoded integer");
    }

    private void malformed(Asked.Reply reply, String reason) throws IOException {
        CheckResult result = checks.check(new Asked("8.0.36").on(READ_ONLY, c -> {
            reply.to(c);
            c.expectEnd();
        }), Checks.readOnly());

        assertThat(result.state()).isEqualTo(NodeState.DEAD);
        assertThat(result.reason()).isEqualTo("Malformed packet from server: " + reason);
    }

    @Test
    void aServerThatSpeaksUnasked() throws IOException {
        CheckResult result = checks.check(c -> {
            c.greet();
            c.acceptAll();
            c.expect(Command.QUERY.payload(READ_ONLY));
            Asked.value("0").to(c);
            c.ok();
            c.read();
        }, Checks.readOnly());

        // The answer was complete before; what follows it is nobody's business any more.
        assertThat(result.state()).isEqualTo(NodeState.ALIVE);
    }
}
