package dev.myproxy.protocol;

import java.util.Arrays;

/**
 * Commands: the first byte of what a client sends while nothing else is expected.
 *
 * <p><a href="https://dev.mysql.com/doc/dev/mysql-server/latest/my__command_8h.html">enum_server_command</a> and MariaDB's
 * additions. Servers answer what they do not know with ERR 1047.
 */
public enum Command {

    SLEEP(0x00, ResponseKind.STATUS),
    QUIT(0x01, ResponseKind.NONE),
    INIT_DB(0x02, ResponseKind.STATUS),
    QUERY(0x03, ResponseKind.RESULTS),
    FIELD_LIST(0x04, ResponseKind.DEFINITIONS),
    CREATE_DB(0x05, ResponseKind.STATUS),
    DROP_DB(0x06, ResponseKind.STATUS),
    REFRESH(0x07, ResponseKind.STATUS),
    SHUTDOWN(0x08, ResponseKind.STATUS),
    STATISTICS(0x09, ResponseKind.TEXT),
    PROCESS_INFO(0x0a, ResponseKind.RESULTS),
    CONNECT(0x0b, ResponseKind.STATUS),
    PROCESS_KILL(0x0c, ResponseKind.STATUS),
    DEBUG(0x0d, ResponseKind.STATUS),
    PING(0x0e, ResponseKind.STATUS),
    TIME(0x0f, ResponseKind.STATUS),
    DELAYED_INSERT(0x10, ResponseKind.STATUS),
    CHANGE_USER(0x11, ResponseKind.AUTHENTICATION),
    BINLOG_DUMP(0x12, ResponseKind.STREAM),
    TABLE_DUMP(0x13, ResponseKind.STATUS),
    CONNECT_OUT(0x14, ResponseKind.STATUS),
    REGISTER_REPLICA(0x15, ResponseKind.STATUS),
    STMT_PREPARE(0x16, ResponseKind.PREPARED),
    STMT_EXECUTE(0x17, ResponseKind.RESULTS),
    STMT_SEND_LONG_DATA(0x18, ResponseKind.NONE),
    STMT_CLOSE(0x19, ResponseKind.NONE),
    STMT_RESET(0x1a, ResponseKind.STATUS),
    SET_OPTION(0x1b, ResponseKind.STATUS),
    STMT_FETCH(0x1c, ResponseKind.ROWS),
    DAEMON(0x1d, ResponseKind.STATUS),
    BINLOG_DUMP_GTID(0x1e, ResponseKind.STREAM),
    RESET_CONNECTION(0x1f, ResponseKind.STATUS),
    CLONE(0x20, ResponseKind.STREAM),
    /** MariaDB: one execution for many rows of parameters. */
    STMT_BULK_EXECUTE(0xfa, ResponseKind.RESULTS),
    /** Whatever else a client may send. */
    UNKNOWN(-1, ResponseKind.RESULTS);

    private static final Command[] BY_CODE = new Command[0x100];

    static {
        Arrays.fill(BY_CODE, UNKNOWN);
        for (Command command : values()) {
            if (command != UNKNOWN) {
                BY_CODE[command.code] = command;
            }
        }
    }

    private final int code;
    private final ResponseKind response;

    Command(int code, ResponseKind response) {
        this.code = code;
        this.response = response;
    }

    /** The command that a byte stands for; only the lowest eight bits count. */
    public static Command of(int code) {
        return BY_CODE[code & 0xff];
    }

    /** The byte, -1 for {@link #UNKNOWN}. */
    public int code() {
        return code;
    }

    public ResponseKind response() {
        return response;
    }

    /** Whether this runs a statement. */
    public boolean isQuery() {
        return this == QUERY || this == STMT_EXECUTE || this == STMT_BULK_EXECUTE;
    }
}
