package dev.myproxy.control.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.control.AllowedSenders;
import dev.myproxy.control.ControlCommand;
import dev.myproxy.control.ControlDatagram;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.protocol.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceptionTest {

    private static final long OWN = 105;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> accounts = new ArrayList<>();
    private Future<Integer> answer = Future.succeededFuture(3);
    private final Reception reception = new Reception(new Address.Abstract("control"),
            AllowedSenders.of(ControlOptions.DEFAULT, OWN), account -> {
                accounts.add(account.utf8());
                return answer;
            }, new ControlMeters(registry), () -> 0);

    private static byte[] datagram(ControlCommand command, String... payloads) {
        ControlDatagram datagram = new ControlDatagram();
        for (String payload : payloads) {
            datagram.add(command, ByteString.of(payload));
        }
        return datagram.toBytes().toByteArray();
    }

    private double count(String name, String... tags) {
        return registry.get("myproxy.control." + name).tags(tags).counter().count();
    }

    private void send(byte[] bytes) {
        reception.fromProcess(bytes, 7, (int) OWN, 1);
    }

    @Test
    void disconnectsAccountsOnceEach() {
        send(datagram(ControlCommand.DISCONNECT_DATABASE, "b", "a", "b", ""));

        assertThat(accounts).containsExactly("b", "a");
        assertThat(count("datagrams")).isEqualTo(1);
        assertThat(count("commands", "command", "disconnect_database")).isEqualTo(4);
        assertThat(count("disconnected.sessions")).isEqualTo(6);
    }

    @Test
    void aBadDatagramDoesNothing() {
        byte[] good = datagram(ControlCommand.DISCONNECT_DATABASE, "a", "bbbb");

        send(Arrays.copyOf(good, good.length - 4));
        send(Arrays.copyOf(good, good.length - 1));
        send(new byte[]{1, 2, 3, 4});

        assertThat(accounts).isEmpty();
        assertThat(count("datagrams")).isZero();
        assertThat(count("malformed.datagrams", "defect", "partial_payload")).isEqualTo(1);
        assertThat(count("malformed.datagrams", "defect", "odd_length")).isEqualTo(1);
        assertThat(count("malformed.datagrams", "defect", "wrong_magic")).isEqualTo(1);
    }

    @Test
    void otherCommandsAreOnlyCounted() {
        send(datagram(ControlCommand.FLUSH_HTTP_CACHE, "x"));
        send(new byte[]{0x63, 4, 0x61, 1, 0, 0, 0x7f, 0x7f});

        assertThat(accounts).isEmpty();
        assertThat(count("commands", "command", "flush_http_cache")).isEqualTo(1);
        assertThat(count("commands", "command", "unknown")).isEqualTo(1);
    }

    @Test
    void strangersAreRefused() {
        byte[] bytes = datagram(ControlCommand.DISCONNECT_DATABASE, "a");

        reception.fromProcess(bytes, 7, 65_534, (int) OWN);
        reception.fromProcess(bytes, 7, -1, -1);
        reception.fromHost(bytes, InetAddress.ofLiteral("192.0.2.1"));

        assertThat(accounts).isEmpty();
        assertThat(count("refused.datagrams", "sender", "unix")).isEqualTo(2);
        assertThat(count("refused.datagrams", "sender", "udp")).isEqualTo(1);

        reception.fromHost(bytes, InetAddress.ofLiteral("::ffff:127.0.0.1"));
        assertThat(accounts).containsExactly("a");
    }

    @Test
    void sessionsThatCannotBeAskedAreNotCounted() {
        answer = Future.failedFuture("nobody there");

        send(datagram(ControlCommand.DISCONNECT_DATABASE, "a"));

        assertThat(accounts).containsExactly("a");
        assertThat(count("disconnected.sessions")).isZero();
    }
}
