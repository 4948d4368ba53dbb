package dev.myproxy.session;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.ErrPacket;

/** The errors that we make ourselves. Codes are those of MySQL's server error reference. */
final class ClientErrors {

    static final ErrPacket SHUTDOWN = err(1053, "08S01", "Server shutdown in progress");
    static final ErrPacket BAD_HANDSHAKE = handshake("Bad handshake");
    static final ErrPacket NOT_SUPPORTED_CLIENT = err(1251, "08004",
            "Client does not support authentication protocol requested by server; it must send its password with mysql_clear_password");
    static final ErrPacket PACKET_TOO_LARGE = err(1153, "08S01",
            "Got a packet bigger than 'max_allowed_packet' bytes");
    static final ErrPacket LOGIN_TIMEOUT = handshake("Login timeout");

    private ClientErrors() {}

    /** ER_HANDSHAKE_ERROR: everything that fails before the login is complete. */
    static ErrPacket handshake(String message) {
        return err(1043, "08S01", message);
    }

    /** ER_HANDSHAKE_ERROR with a text from the script. */
    static ErrPacket handshake(ByteString message) {
        return ErrPacket.of(1043, "08S01", message);
    }

    /** ER_UNKNOWN_COM_ERROR: everything that fails in the command phase. */
    static ErrPacket command(String message) {
        return err(1047, "08S01", message);
    }

    /** ER_DBACCESS_DENIED_ERROR: the script refused a default database. */
    static ErrPacket database(ByteString message) {
        return ErrPacket.of(1044, "42000", message);
    }

    private static ErrPacket err(int code, String sqlState, String message) {
        return ErrPacket.of(code, sqlState, ByteString.of(message));
    }
}
