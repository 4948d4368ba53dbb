package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ErrorCode;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every error of our own has the code and SQLSTATE of the situation, and a text that says what it is. */
class ClientErrorsTest {

    private static final Decision.Refuse NO = new Decision.Refuse(ByteString.of("no"));

    /** What each constant and method of {@link ClientErrors} gives: code, SQLSTATE, and how its text begins. */
    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("SHUTDOWN", new Case(ClientErrors.SHUTDOWN, 1053, "08S01", "Server shutdown"));
        cases.put("ACCOUNT_DISCONNECTED", new Case(ClientErrors.ACCOUNT_DISCONNECTED, 1927, "08S01",
                "Connection was killed: the administrator has disconnected"));
        cases.put("KILLED", new Case(ClientErrors.KILLED, 1927, "08S01", "Connection was killed: the administrator"));
        cases.put("KILLED_BY_CLIENT", new Case(ClientErrors.KILLED_BY_CLIENT, 1927, "08S01", "Connection was killed"));
        cases.put("BAD_HANDSHAKE", new Case(ClientErrors.BAD_HANDSHAKE, 1043, "08S01", "Bad handshake"));
        cases.put("NOT_SUPPORTED_CLIENT", new Case(ClientErrors.NOT_SUPPORTED_CLIENT, 1251, "08004",
                "Client does not support authentication protocol"));
        cases.put("CLEARTEXT", new Case(ClientErrors.CLEARTEXT, 1251, "08004",
                "Client does not support authentication protocol"));
        cases.put("PACKET_TOO_LARGE", new Case(ClientErrors.PACKET_TOO_LARGE, 1153, "08S01", "Got a packet bigger"));
        cases.put("TOO_MUCH_AT_LOGIN", new Case(ClientErrors.TOO_MUCH_AT_LOGIN, 1153, "08S01",
                "Got commands of more than 65536 bytes"));
        cases.put("NOT_PREPARED", new Case(ClientErrors.NOT_PREPARED, 1243, "HY000", "Unknown prepared statement"));
        cases.put("MALFORMED_STATEMENT", new Case(ClientErrors.MALFORMED_STATEMENT, 1835, "HY000", "Malformed"));
        cases.put("TOO_MANY_CONNECTIONS", new Case(ClientErrors.TOO_MANY_CONNECTIONS, 1040, "08004", "Too many"));
        cases.put("NO_MEMORY", new Case(ClientErrors.NO_MEMORY, 1041, "08S01", "Out of memory"));
        cases.put("FILE_NOT_GIVEN", new Case(ClientErrors.FILE_NOT_GIVEN, 1148, "42000", "The server asked for"));
        cases.put("TLS_REQUIRED", new Case(ClientErrors.TLS_REQUIRED, 3159, "HY000",
                "Connections using insecure transport are prohibited"));
        cases.put("NO_PROXY_HEADER", new Case(ClientErrors.NO_PROXY_HEADER, 1043, "08S01", "Bad handshake"));
        cases.put("LOGIN_TIMEOUT", new Case(ClientErrors.LOGIN_TIMEOUT, 1043, "08S01", "Login timeout"));
        cases.put("handshake", new Case(ClientErrors.handshake("x"), 1043, "08S01", "x"));
        cases.put("login", new Case(ClientErrors.login(NO), 1043, "08S01", "no"));
        cases.put("accessDenied", new Case(ClientErrors.accessDenied(ByteString.of("joe"),
                Address.inet(InetAddress.getLoopbackAddress(), 3306)), 1045, "28000",
                "Access denied for user 'joe'@'127.0.0.1' (using password: YES)"));
        cases.put("hostNotAllowed", new Case(
                ClientErrors.hostNotAllowed(Address.inet(InetAddress.getLoopbackAddress(), 3306)), 1130, "HY000",
                "Host '127.0.0.1"));
        cases.put("command", new Case(ClientErrors.command("x"), 1047, "08S01", "x"));
        cases.put("malformedResponse", new Case(ClientErrors.malformedResponse(new MalformedPacketException("x")),
                1047, "08S01", "Malformed packet from server"));
        cases.put("database", new Case(ClientErrors.database(NO), 1044, "42000", "no"));
        cases.put("statement", new Case(ClientErrors.statement(NO), 1227, "42000", "no"));
        cases.put("statementTooLong", new Case(ClientErrors.statementTooLong(7), 1153, "08S01",
                "Got a packet bigger than 'max_query_bytes' bytes"));
        cases.put("idle", new Case(ClientErrors.idle(Duration.ofMillis(1500)), 4031, "HY000",
                "The client was disconnected because of inactivity: this proxy's listener has idle_timeout = 1.5"));
        cases.put("accountLimit", new Case(ClientErrors.accountLimit(ByteString.of("joe"), 7), 1226, "42000",
                "User 'joe' has exceeded the 'max_user_connections' resource (current value: 7)"));
        cases.put("notOwner", new Case(ClientErrors.notOwner(7), 1095, "HY000", "You are not owner of thread 7"));
        cases.put("notReached", new Case(ClientErrors.notReached(7), 1105, "HY000", "Thread 7 is at another server"));
        cases.put("killFailed", new Case(ClientErrors.killFailed(7), 1105, "HY000", "Thread 7 is at another server"));
        return cases;
    }

    private record Case(ErrPacket error, int code, String sqlState, String text) {

        void check() {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.sqlState()).contains(ByteString.of(sqlState));
            assertThat(sqlState).matches("[0-9A-Z]{5}");
            assertThat(error.message().utf8()).startsWith(text);
        }
    }

    @TestFactory
    Stream<DynamicTest> errors() {
        return cases().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> entry.getValue().check()));
    }

    @Test
    void noneIsMissingAbove() {
        TreeSet<String> names = new TreeSet<>();
        for (Field field : ClientErrors.class.getDeclaredFields()) {
            if (field.getType() == ErrPacket.class) {
                names.add(field.getName());
            }
        }
        for (Method method : ClientErrors.class.getDeclaredMethods()) {
            if (method.getReturnType() == ErrPacket.class
                    && !java.lang.reflect.Modifier.isPrivate(method.getModifiers())) {
                names.add(method.getName());
            }
        }
        assertThat(cases().keySet()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void theScriptMayChooseAnother() {
        Decision.Refuse refusal = new Decision.Refuse(ByteString.of("no"), Optional.of(new ErrorCode(4711, "45000")));

        new Case(ClientErrors.login(refusal), 4711, "45000", "no").check();
        new Case(ClientErrors.database(refusal), 4711, "45000", "no").check();
        new Case(ClientErrors.statement(refusal), 4711, "45000", "no").check();
    }

    @Test
    void accountsAreNamedByteByByte() {
        ByteString odd = ByteString.copyOf(new byte[]{(byte) 0xff, '\'', '\n', (byte) 0xe4});

        for (ErrPacket error : java.util.List.of(ClientErrors.accountLimit(odd, 3),
                ClientErrors.accessDenied(odd, Address.inet(InetAddress.getLoopbackAddress(), 3306)))) {
            byte[] message = error.message().toByteArray();
            int at = "User '".length() + (error.code() == 1045 ? "Access denied for ".length() : 0);
            assertThat(ByteString.copyOf(message, at, at + odd.length())).isEqualTo(odd);
        }
    }
}
