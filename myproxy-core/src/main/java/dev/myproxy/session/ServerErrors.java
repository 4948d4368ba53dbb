package dev.myproxy.session;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.ErrPacket;
import java.util.Optional;

/** Completes errors that a server sends before a login, when it leaves the SQLSTATE out. */
final class ServerErrors {

    private ServerErrors() {}

    /** The error with the SQLSTATE that belongs to its code. */
    static ErrPacket withSqlState(ErrPacket error) {
        return error.sqlState().isPresent()
                ? error
                : new ErrPacket(error.code(), Optional.of(ByteString.of(sqlState(error.code()))), error.message());
    }

    private static String sqlState(int code) {
        return switch (code) {
            case 1040 -> "08004";
            case 1042, 1043, 1047, 1053, 1152, 1153, 1154, 1155, 1156, 1157, 1158, 1159, 1160, 1161, 1184 -> "08S01";
            case 1044, 1203, 1226 -> "42000";
            case 1045, 1698 -> "28000";
            case 1251 -> "08004";
            default -> "HY000";
        };
    }
}
