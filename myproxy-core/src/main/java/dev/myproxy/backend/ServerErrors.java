package dev.myproxy.backend;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.SqlState;
import java.util.Optional;

/** Completes errors that a server sends before a login, when it leaves the SQLSTATE out. */
final class ServerErrors {

    private ServerErrors() {}

    /** The error with the SQLSTATE that belongs to its code. */
    static ErrPacket withSqlState(ErrPacket error) {
        return error.sqlState().isPresent()
                ? error
                : new ErrPacket(error.code(), Optional.of(ByteString.of(SqlState.of(error.code()))), error.message());
    }
}
