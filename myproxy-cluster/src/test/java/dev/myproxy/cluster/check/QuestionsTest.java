package dev.myproxy.cluster.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.cluster.NodeState;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.ErrPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers mean, question by question. */
class QuestionsTest {

    private static final List<String> GALERA = List.of("Variable_name", "Value");
    private static final List<String> MEMBERS = List.of("own", "MEMBER_STATE", "MEMBER_ROLE");
    private static final ByteString MARIADB = ByteString.of("5.5.5-10.11.6-MariaDB-log");
    private static final ByteString MYSQL = ByteString.of("8.4.2");
    private static final Duration MAX = Duration.ofSeconds(10);

    @SafeVarargs
    private static Answer.Rows rows(List<String> columns, List<@Nullable String>... rows) {
        List<List<Optional<ByteString>>> values = new ArrayList<>();
        for (List<@Nullable String> row : rows) {
            values.add(values(row));
        }
        return new Answer.Rows(columns, values);
    }

    private static List<Optional<ByteString>> values(List<@Nullable String> row) {
        return row.stream().map(value -> Optional.ofNullable(value).map(ByteString::of)).toList();
    }

    private static Answer.Refused error(int code, String text) {
        return new Answer.Refused(ErrPacket.of(code, "42000", ByteString.of(text)));
    }

    private static Finding judge(Question question, Answer.Rows answer) {
        return (Finding) question.judge(answer, NodeState.ALIVE);
    }

    private static Finding readOnly(@Nullable String value) {
        return judge(new ReadOnlyQuestion(), rows(List.of("@@global.read_only"), Asked.row(value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "OFF", "off", "false", "FALSE", "no"})
    void takesWrites(String value) {
        assertThat(readOnly(value)).isEqualTo(Finding.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "ON", "on", "TRUE", "true", "yes", "2", "3", "NO_LOCK", "NO_LOCK_NO_ADMIN",
            "READ_ONLY",
            "super_read_only"})
    void takesNoWrites(String value) {
        assertThat(readOnly(value)).isEqualTo(Finding.of(NodeState.READ_ONLY, "read only"));
    }

    @Test
    void readOnlyThatIsNoBoolean() {
        assertThat(readOnly("perhaps").reason())
                .isEqualTo("Malformed boolean: SELECT @@global.read_only gives \"perhaps\"");
        assertThat(readOnly("").reason()).endsWith("gives \"\"");
        assertThat(readOnly(null)).isEqualTo(
                Finding.dead("Malformed boolean: SELECT @@global.read_only gives NULL"));
        assertThat(judge(new ReadOnlyQuestion(), rows(List.of("v"))).reason())
                .isEqualTo("SELECT @@global.read_only gives 0 rows with 1 columns, not one value");
        assertThat(judge(new ReadOnlyQuestion(), rows(List.of())).state()).isEqualTo(NodeState.DEAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "00", "0.00", "-0", ".0", "OFF", "off", "false", "No", " 0 ", "\0"})
    void isFalse(String value) {
        assertThat(CheckQuery.isTrue(Optional.of(ByteString.of(value)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "0.1", "ON", "yes", "nothing", "0x", "+", "."})
    void isTrue(String value) {
        assertThat(CheckQuery.isTrue(Optional.of(ByteString.of(value)))).isTrue();
    }

    @Test
    void checkQuery() {
        CheckQuery query = new CheckQuery(ByteString.of("SELECT secret"));
        assertThat(judge(query, rows(List.of("a", "b"), Asked.row("1", "0"), Asked.row("0", "0"))))
                .isEqualTo(Finding.OK);
        assertThat(judge(query, rows(List.of("a"), Asked.row((String) null))).reason())
                .isEqualTo("The check query gives NULL");
        assertThat(judge(query, rows(List.of("a"))).reason()).isEqualTo("The check query gives no row");
        assertThat(judge(query, rows(List.of())).reason()).isEqualTo("The check query gives no result");
        assertThat(query.judge(error(1146, "Table 'x' doesn't\nexist")))
                .isEqualTo(Finding.dead("The check query failed: Table 'x' doesn't exist"));
    }

    @Test
    void galera() {
        assertThat(galera("ON", "4", "Synced")).isEqualTo(Finding.OK);
        assertThat(galera("ON", "3", "Joined")).isEqualTo(
                Finding.of(NodeState.OVERLOADED, "Galera node is not synced: state Joined"));
        assertThat(galera("ON", "1", "Joining")).isEqualTo(Finding.dead("Galera node is not synced: state Joining"));
        assertThat(galera("OFF", "4", "Synced")).isEqualTo(
                Finding.dead("Galera node is not ready: wsrep_ready is OFF, state Synced"));
        assertThat(judge(new GaleraQuestion(), rows(GALERA))).isEqualTo(
                Finding.dead("not a member of a Galera cluster"));
    }

    @Test
    void aGaleraDonorServesUnlessItIsToldNotTo() {
        Step next = galera("ON", "2", "Donor/Desynced");
        assertThat(next).isInstanceOf(Question.class);
        Question donor = (Question) next;
        assertThat(donor.statement().utf8()).isEqualTo("SELECT @@global.wsrep_sst_donor_rejects_queries");
        assertThat(judge(donor, rows(List.of("v"), Asked.row("0")))).isEqualTo(
                Finding.of(NodeState.OVERLOADED, "Galera node is not synced: state Donor/Desynced"));
        assertThat(judge(donor, rows(List.of("v"), Asked.row("1")))).isEqualTo(
                Finding.dead("Galera donor rejects queries"));
        assertThat(((Finding) donor.judge(error(1047, "WSREP has not yet prepared node"))).state())
                .isEqualTo(NodeState.DEAD);
    }

    private static Step galera(String ready, String state, String comment) {
        return new GaleraQuestion().judge(rows(GALERA, Asked.row("wsrep_local_state", state),
                Asked.row("wsrep_local_state_comment", comment), Asked.row("wsrep_ready", ready)), NodeState.ALIVE);
    }

    @Test
    void groupReplication() {
        assertThat(group(Asked.row("1", "ONLINE", "PRIMARY"), Asked.row("0", "ONLINE", "SECONDARY")))
                .isEqualTo(Finding.OK);
        assertThat(group(Asked.row("0", "ONLINE", "PRIMARY"), Asked.row("1", "ONLINE", "SECONDARY")))
                .isEqualTo(Finding.of(NodeState.READ_ONLY, "read only"));
        assertThat(group(Asked.row("1", "RECOVERING", "SECONDARY"), Asked.row("0", "ONLINE", "PRIMARY")))
                .isEqualTo(Finding.dead("member of the replication group is RECOVERING"));
        assertThat(group(Asked.row("1", "ONLINE", "")).reason()).contains("has the role \"\"");
        assertThat(group(Asked.row("", "OFFLINE", ""))).isEqualTo(
                Finding.dead("not a member of a replication group"));
        assertThat(group()).isEqualTo(Finding.dead("not a member of a replication group"));
    }

    @Test
    void aReplicationGroupWithoutMajority() {
        assertThat(group(Asked.row("1", "ONLINE", "PRIMARY"), Asked.row("0", "UNREACHABLE", "SECONDARY"),
                Asked.row("0", "UNREACHABLE", "SECONDARY"))).isEqualTo(
                        Finding.dead("replication group has no majority: 2 of 3 members are lost"));
        assertThat(group(Asked.row("1", "ONLINE", "PRIMARY"), Asked.row("0", "UNREACHABLE", "SECONDARY"),
                Asked.row("0", "RECOVERING", "SECONDARY"))).isEqualTo(Finding.OK);
    }

    @SafeVarargs
    private static Finding group(List<@Nullable String>... members) {
        return judge(GroupReplicationQuestion.first(), rows(MEMBERS, members));
    }

    @Test
    void groupReplicationOfMySql57HasNoRoles() {
        Question older = (Question) GroupReplicationQuestion.first().judge(error(1054, "Unknown column"));
        assertThat(older.statement().utf8()).contains("group_replication_primary_member");
        assertThat(judge(older, rows(MEMBERS, Asked.row("1", "ONLINE", "PRIMARY")))).isEqualTo(Finding.OK);
        assertThat(older.judge(error(1054, "Unknown column"))).isInstanceOf(Finding.class);
        assertThat(((Finding) GroupReplicationQuestion.first().judge(error(1146, "no table"))).state())
                .isEqualTo(NodeState.DEAD);
    }

    @Test
    void noReplicaIsNotBehind() {
        assertThat(judge(LagQuestion.first(MAX, Optional.empty(), true, MYSQL), rows(List.of("Seconds_Behind_Source"))))
                .isEqualTo(Finding.OK.withLag(Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({"Seconds_Behind_Source, 10, ALIVE, 10, ok",
            "Seconds_Behind_Master, 42, DEAD, 42, replica is 42 s behind (max_lag 10 s)"})
    void isBehind(String column, String lag, NodeState state, int seconds, String reason) {
        assertThat(judge(LagQuestion.first(MAX, Optional.empty(), true, MYSQL),
                rows(List.of("x", column), Asked.row("y", lag))))
                .isEqualTo(new Finding(state, reason, Optional.of(Duration.ofSeconds(seconds))));
    }

    @Test
    void theSlowestChannelCounts() {
        List<String> columns = List.of("Connection_name", "Seconds_Behind_Master");
        assertThat(judge(LagQuestion.first(MAX, Optional.empty(), true, MARIADB),
                rows(columns, Asked.row("a", "2"), Asked.row("b", "8"), Asked.row("c", "0"))))
                .isEqualTo(Finding.OK.withLag(Duration.ofSeconds(8)));
    }

    private static final List<String> STATUS = List.of("Connection_name", "Slave_IO_Running", "Slave_SQL_Running",
            "Last_Error", "Seconds_Behind_Master", "Last_IO_Error", "Last_SQL_Error");

    @Test
    void replicationThatDoesNotRun() {
        assertThat(lag(NodeState.READ_ONLY, Asked.row("", "Connecting", "Yes", "", null, "can't\tconnect", "")))
                .isEqualTo(Finding.dead(
                        "replication does not run: IO thread Connecting, SQL thread Yes: can't connect"));
        assertThat(lag(NodeState.ALIVE, Asked.row("east", "Yes", "No", "dup", null, "", "duplicate key")))
                .isEqualTo(Finding.dead(
                        "replication of channel \"east\" does not run: IO thread Yes, SQL thread No: duplicate key"));
        assertThat(lag(NodeState.ALIVE, Asked.row("", "Yes", "Yes", "", "soon", "", "")).state())
                .isEqualTo(NodeState.DEAD);
    }

    @Test
    void aReplicaThatHasLostItsSourceFallsBehindWithTime() {
        List<@Nullable String> lost = Asked.row("", "Connecting", "Yes", "", null, "no route", "");

        assertThat(lagAfter(MAX, lost)).isEqualTo(Finding.OK.withLag(MAX));
        assertThat(lagAfter(MAX.plusMillis(1), lost)).isEqualTo(
                Finding.dead("replication does not run: IO thread Connecting, SQL thread Yes: no route")
                        .withLag(MAX.plusMillis(1)));
        assertThat(lagAfter(Duration.ZERO, Asked.row("", "Connecting", "No", "", null, "", "")).state())
                .as("it does not apply what it has").isEqualTo(NodeState.DEAD);
        assertThat(lagAfter(Duration.ZERO, Asked.row("", "No", "Yes", "", null, "", "")).state())
                .as("somebody has stopped it").isEqualTo(NodeState.DEAD);
    }

    private static Finding lagAfter(Duration atMost, List<@Nullable String> row) {
        return (Finding) LagQuestion.first(MAX, Optional.of(atMost), true, MARIADB)
                .judge(rows(STATUS, row), NodeState.READ_ONLY);
    }

    @Test
    void aWritableServerWhoseReplicationWasStoppedIsNoReplica() {
        List<@Nullable String> stopped = Asked.row("", "No", "No", "", null, "", "");

        assertThat(lag(NodeState.ALIVE, stopped)).isEqualTo(Finding.OK.withLag(Duration.ZERO));
        assertThat(lag(NodeState.READ_ONLY, stopped)).isEqualTo(
                Finding.dead("replication does not run: IO thread No, SQL thread No"));
        assertThat(((Finding) LagQuestion.first(MAX, Optional.empty(), false, MARIADB).judge(rows(STATUS, stopped),
                NodeState.ALIVE))
                .state()).as("whether it takes writes was not asked").isEqualTo(NodeState.DEAD);
    }

    private static Finding lag(NodeState soFar, List<@Nullable String> row) {
        return (Finding) LagQuestion.first(MAX, Optional.empty(), true, MARIADB).judge(rows(STATUS, row), soFar);
    }

    @Test
    void channelsOfGroupReplicationHaveNoLag() {
        assertThat(
                judge(LagQuestion.first(MAX, Optional.empty(), true, MYSQL),
                        rows(List.of("Channel_Name", "Seconds_Behind_Source"),
                                Asked.row("group_replication_applier", null))))
                .isEqualTo(Finding.OK.withLag(Duration.ZERO));
    }

    @Test
    void statusWithoutTheColumn() {
        assertThat(judge(LagQuestion.first(MAX, Optional.empty(), true, MYSQL), rows(List.of("x"), Asked.row("1")))
                .reason())
                .isEqualTo("SHOW REPLICA STATUS does not show how far the server is behind");
    }

    @Test
    void formsOfTheStatement() {
        Question question = LagQuestion.first(MAX, Optional.empty(), true, MARIADB);
        assertThat(question.statement().utf8()).isEqualTo("SHOW ALL REPLICAS STATUS");
        question = (Question) question.judge(error(1064, "syntax"));
        assertThat(question.statement().utf8()).isEqualTo("SHOW ALL SLAVES STATUS");
        question = (Question) question.judge(error(1064, "syntax"));
        assertThat(question.statement().utf8()).isEqualTo("SHOW SLAVE STATUS");
        assertThat(question.judge(error(1064, "syntax"))).isInstanceOf(Finding.class);
        assertThat(question.judge(error(1227, "Access denied"))).isEqualTo(
                Finding.dead("SHOW SLAVE STATUS failed: Access denied"));
    }

    @Test
    void theWorseFindingDecides() {
        Finding behind = Finding.OK.withLag(Duration.ofSeconds(3));
        Finding readOnly = Finding.of(NodeState.READ_ONLY, "read only");
        assertThat(readOnly.and(behind)).isEqualTo(readOnly.withLag(Duration.ofSeconds(3)));
        assertThat(behind.and(readOnly)).isEqualTo(readOnly.withLag(Duration.ofSeconds(3)));
        assertThat(readOnly.and(Finding.dead("x"))).isEqualTo(Finding.dead("x"));
    }

    @Test
    void reasonsAreShortLines() {
        assertThat(Texts.line(ByteString.of("a\nb".repeat(1000)))).hasSize(301).doesNotContain("\n");
        assertThat(Texts.value(Optional.of(ByteString.of("x".repeat(1000))))).hasSizeLessThan(100);
        assertThat(Texts.seconds(Duration.ofMillis(1500))).isEqualTo("1.5 s");
        assertThat(Texts.seconds(Duration.ofSeconds(10))).isEqualTo("10 s");
    }
}
