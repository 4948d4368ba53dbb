package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {

    @ParameterizedTest
    @CsvSource({"01, QUIT, NONE", "02, INIT_DB, STATUS", "03, QUERY, RESULTS", "04, FIELD_LIST, DEFINITIONS",
            "09, STATISTICS, TEXT", "0a, PROCESS_INFO, RESULTS", "0d, DEBUG, STATUS", "0e, PING, STATUS",
            "11, CHANGE_USER, AUTHENTICATION", "12, BINLOG_DUMP, STREAM", "16, STMT_PREPARE, PREPARED",
            "17, STMT_EXECUTE, RESULTS", "18, STMT_SEND_LONG_DATA, NONE", "19, STMT_CLOSE, NONE",
            "1a, STMT_RESET, STATUS", "1b, SET_OPTION, STATUS", "1c, STMT_FETCH, ROWS", "1e, BINLOG_DUMP_GTID, STREAM",
            "1f, RESET_CONNECTION, STATUS", "20, CLONE, STREAM", "fa, STMT_BULK_EXECUTE, RESULTS"})
    void isFoundByItsByte(String code, Command command, ResponseKind response) {
        assertThat(Command.of(Integer.parseInt(code, 16))).isSameAs(command);
        assertThat(command.response()).isSameAs(response);
        assertThat(command.code()).isEqualTo(Integer.parseInt(code, 16));
    }

    @Test
    void everyByteIsACommand() {
        assertThat(IntStream.range(0, 256).mapToObj(Command::of)).doesNotContainNull().contains(Command.values());
        assertThat(Command.of(0x99)).isSameAs(Command.UNKNOWN);
        assertThat(Command.of((byte) 0xfa)).isSameAs(Command.STMT_BULK_EXECUTE);
    }

    @Test
    void queriesRunStatements() {
        assertThat(Command.QUERY.isQuery()).isTrue();
        assertThat(Command.STMT_EXECUTE.isQuery()).isTrue();
        assertThat(Command.STMT_PREPARE.isQuery()).isFalse();
        assertThat(Command.UNKNOWN.isQuery()).isFalse();
    }
}
