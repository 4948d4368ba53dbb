package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.UnwantedFileRequestException;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ErrorCode;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The errors that we make ourselves. Codes are those of MySQL's server error reference. */
final class ClientErrors {

    static final ErrPacket SHUTDOWN = err(1053, "08S01", "Server shutdown in progress");
    /** MariaDB's ER_CONNECTION_KILLED; with the SQLSTATE by which drivers know that the connection is gone. */
    static final ErrPacket ACCOUNT_DISCONNECTED = err(1927, "08S01",
            "Connection was killed: the administrator has disconnected this account");
    static final ErrPacket KILLED = err(1927, "08S01",
            "Connection was killed: the administrator has ended this session");
    static final ErrPacket KILLED_BY_CLIENT = err(1927, "08S01", "Connection was killed");
    static final ErrPacket BAD_HANDSHAKE = handshake("Bad handshake");
    static final ErrPacket NOT_SUPPORTED_CLIENT = err(1251, "08004",
            "Client does not support authentication protocol requested by server:"
                    + " caching_sha2_password, sha256_password or mysql_clear_password");
    static final ErrPacket CLEARTEXT = err(1251, "08004",
            "Client does not support authentication protocol requested by server: this proxy takes no password in clear text"
                    + " over a network, unless its listener has allow_cleartext = true; use caching_sha2_password, TLS,"
                    + " or a Unix socket");
    static final ErrPacket PACKET_TOO_LARGE = err(1153, "08S01",
            "Got a packet bigger than 'max_allowed_packet' bytes");
    static final ErrPacket TOO_MUCH_AT_LOGIN = err(1153, "08S01", "Got commands of more than "
            + WaitingClient.MAX_EARLY_BYTES + " bytes before the login was complete");
    static final ErrPacket NOT_PREPARED = err(1243, "HY000",
            "Unknown prepared statement handler: the statement that was to be prepared was refused");
    static final ErrPacket MALFORMED_STATEMENT = err(1835, "HY000", "Malformed communication packet.");
    /** ER_CON_COUNT_ERROR. */
    static final ErrPacket TOO_MANY_CONNECTIONS = err(1040, "08004", "Too many connections");
    /** ER_OUT_OF_RESOURCES. */
    static final ErrPacket NO_MEMORY = err(1041, "08S01",
            "Out of memory: this proxy has no room for the answer, because too much waits for other clients");
    /** ER_NOT_ALLOWED_COMMAND. */
    static final ErrPacket FILE_NOT_GIVEN = err(1148, "42000",
            "The server asked for a local file, which this client does not give");
    /** ER_SECURE_TRANSPORT_REQUIRED, in the words of MySQL, whose variable has that name. */
    static final ErrPacket TLS_REQUIRED = err(3159, "HY000",
            "Connections using insecure transport are prohibited while --require_secure_transport=ON.");
    static final ErrPacket LOGIN_TIMEOUT = handshake("Login timeout");
    static final ErrPacket NO_PROXY_HEADER = handshake(
            "Bad handshake: connections to this proxy begin with a header of the PROXY protocol");

    /** ER_CLIENT_INTERACTION_TIMEOUT: what MySQL says when {@code wait_timeout} is over. */
    static final int INACTIVITY = 4031;

    static final String NODE_UNAVAILABLE = "Node is unavailable";

    private ClientErrors() {}

    /** ER_HANDSHAKE_ERROR: everything that fails before the login is complete. */
    static ErrPacket handshake(String message) {
        return err(1043, "08S01", message);
    }

    /** The script refused a login: ER_HANDSHAKE_ERROR unless it chose another code. */
    static ErrPacket login(Decision.Refuse refusal) {
        return refused(refusal, new ErrorCode(1043, "08S01"));
    }

    /** ER_ACCESS_DENIED_ERROR, with the words of servers. */
    static ErrPacket accessDenied(ByteString user, Address client) {
        String host = client instanceof Address.Inet(InetSocketAddress inet)
                ? inet.getAddress().getHostAddress()
                : "localhost";
        return ErrPacket.of(1045, "28000", ByteString.of("Access denied for user '").followedBy(user,
                ByteString.of("'@'" + host + "' (using password: YES)")));
    }

    /** ER_UNKNOWN_COM_ERROR: everything that fails in the command phase. */
    static ErrPacket command(String message) {
        return err(1047, "08S01", message);
    }

    /** The server's answer to a command can't be passed on. */
    static ErrPacket malformedResponse(MalformedPacketException failure) {
        return failure instanceof UnwantedFileRequestException
                ? FILE_NOT_GIVEN
                : command("Malformed packet from server");
    }

    /** The script refused a default database: ER_DBACCESS_DENIED_ERROR unless it chose another code. */
    static ErrPacket database(Decision.Refuse refusal) {
        return refused(refusal, new ErrorCode(1044, "42000"));
    }

    /** The script refused a statement: ER_SPECIFIC_ACCESS_DENIED_ERROR unless it chose another code. */
    static ErrPacket statement(Decision.Refuse refusal) {
        return refused(refusal, new ErrorCode(1227, "42000"));
    }

    /** ER_NET_PACKET_TOO_LARGE: a statement is longer than the script can be shown. */
    static ErrPacket statementTooLong(int limitBytes) {
        return err(1153, "08S01", "Got a packet bigger than 'max_query_bytes' bytes: this proxy looks at every"
                + " statement, and takes none longer than " + limitBytes + " bytes");
    }

    /** What a server says when its {@code wait_timeout} is over, but of our limit. */
    static ErrPacket idle(Duration limit) {
        String seconds = BigDecimal.valueOf(limit.toNanos(), 9).stripTrailingZeros().toPlainString();
        return err(INACTIVITY, "HY000", "The client was disconnected because of inactivity:"
                + " this proxy's listener has idle_timeout = " + seconds);
    }

    /** ER_USER_LIMIT_REACHED, with the words of servers. */
    static ErrPacket accountLimit(ByteString account, int most) {
        return ErrPacket.of(1226, "42000", ByteString.of("User '").followedBy(account, ByteString.of(
                "' has exceeded the 'max_user_connections' resource (current value: " + most + ")")));
    }

    /** ER_KILL_DENIED_ERROR */
    static ErrPacket notOwner(long id) {
        return err(1095, "HY000", "You are not owner of thread " + id);
    }

    /** ER_UNKNOWN_ERROR: KILL is for a session at another server, and comes too late after the login. */
    static ErrPacket notReached(long id) {
        return err(1105, "HY000", "Thread " + id + " is at another server than this connection:"
                + " KILL it through a new connection");
    }

    /** ER_UNKNOWN_ERROR: KILL is for a session at another server, which can't be logged in to. */
    static ErrPacket killFailed(long id) {
        return err(1105, "HY000", "Thread " + id + " is at another server than this connection,"
                + " and that one could not be asked to KILL it");
    }

    /** ER_HOST_NOT_PRIVILEGED: whoever comes from there gets no further. */
    static ErrPacket hostNotAllowed(Address sender) {
        String host = sender instanceof Address.Inet(var socket)
                ? Address.inet(socket.getAddress(), 0).toString()
                : "localhost";
        return err(1130, "HY000", "Host '" + host + "' is not allowed to connect to this proxy");
    }

    private static ErrPacket refused(Decision.Refuse refusal, ErrorCode otherwise) {
        ErrorCode error = refusal.error().orElse(otherwise);
        return ErrPacket.of(error.code(), error.sqlState(), refusal.message());
    }

    private static ErrPacket err(int code, String sqlState, String message) {
        return ErrPacket.of(code, sqlState, ByteString.of(message));
    }
}
