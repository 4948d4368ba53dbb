package dev.myproxy.dist;

import dev.myproxy.script.Where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.address.Address;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.control.SenderRules;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.script.Handlers;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckedListenersTest {

    private static final Handlers HANDLERS = Handlers.of(1);

    private final CheckedListeners listeners = new CheckedListeners();

    @Test
    void countsWhatWouldBeBound() throws IOException {
        listeners.bind(new Where.At(new Address.Abstract("a")), HANDLERS);
        listeners.bind(new Where.At(new Address.Abstract("b")), HANDLERS);

        assertThat(listeners.count()).isEqualTo(2);
    }

    @Test
    void socketsForMetricsAreNoneForClients() throws IOException {
        listeners.bindMetrics(new Where.At(new Address.Abstract("a")));

        assertThat(listeners.count()).isZero();
        assertThatThrownBy(() -> listeners.bind(new Where.At(new Address.Abstract("a")), HANDLERS))
                .hasMessage("Failed to bind to @a: Address already in use");
        assertThat(listeners.count()).isZero();
    }

    @Test
    void theSameAddressTwiceIsAMistake() throws IOException {
        listeners.bind(new Where.At(new Address.Abstract("a")), HANDLERS);

        assertThatThrownBy(() -> listeners.bind(new Where.At(new Address.Abstract("a")), HANDLERS))
                .isInstanceOf(IOException.class)
                .hasMessage("Failed to bind to @a: Address already in use");
    }

    @Test
    void socketsForCommandsHaveAddressesOfTheirOwn() throws IOException {
        Address inet = Address.inet(InetAddress.ofLiteral("127.0.0.1"), 5478);
        listeners.bind(new Where.At(inet), HANDLERS);
        listeners.bindControl(new Where.At(inet), ControlOptions.DEFAULT);
        listeners.bind(new Where.At(new Address.Abstract("a")), HANDLERS);
        listeners.bindControl(new Where.At(new Address.Abstract("a")), ControlOptions.DEFAULT);

        assertThat(listeners.count()).isEqualTo(2);
        assertThatThrownBy(() -> listeners.bindControl(new Where.At(inet), ControlOptions.DEFAULT))
                .isInstanceOf(IOException.class)
                .hasMessage("Failed to bind to 127.0.0.1:5478: Address already in use");
        listeners.bindControl(new Where.At(inet), new ControlOptions(Optional.of(InetAddress.ofLiteral("239.0.0.1")),
                Optional.empty(), Optional.empty()));
    }

    @Test
    void filesOfSocketsAreAllAlike() throws IOException {
        listeners.bind(new Where.At(new Address.UnixPath("/run/s")), HANDLERS);

        assertThatThrownBy(
                () -> listeners.bindControl(new Where.At(new Address.UnixPath("/run/s")), ControlOptions.DEFAULT))
                .hasMessage("Failed to bind to /run/s: Address already in use");
    }

    @Test
    void theStateIsNotShownToOtherMachinesUnlessSomebodySaysToWhich() throws IOException {
        Address all = Address.inet(InetAddress.ofLiteral("0.0.0.0"), 9101);
        AdminOptions allowing = new AdminOptions(0600, Optional.of(List.of(SenderRules.parse("10.0.0.0/8"))),
                Set.of());
        listeners.bindAdmin(new Where.At(new Address.Abstract("a")), AdminOptions.DEFAULT);
        listeners.bindAdmin(new Where.At(Address.inet(InetAddress.ofLiteral("127.0.0.1"), 9101)), AdminOptions.DEFAULT);

        assertThatThrownBy(() -> listeners.bindAdmin(new Where.At(all), AdminOptions.DEFAULT))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "admin_listen on 0.0.0.0:9101 would show accounts and addresses to other machines;");
        listeners.bindAdmin(new Where.At(all), allowing);
        assertThatThrownBy(() -> listeners.bindAdmin(new Where.At(all), allowing))
                .hasMessage("Failed to bind to 0.0.0.0:9101: Address already in use");
        assertThat(listeners.count()).isZero();
    }

    @Test
    void socketsOfSystemdAreTakenOnce() throws IOException {
        CheckedListeners listeners = new CheckedListeners();
        Where.Systemd metrics = new Where.Systemd(Optional.of("metrics"));

        listeners.bindMetrics(metrics);
        listeners.bindControl(new Where.Systemd(Optional.of("control")), ControlOptions.DEFAULT);
        listeners.bindAdmin(new Where.Systemd(Optional.of("admin")), AdminOptions.DEFAULT);
        assertThatThrownBy(() -> listeners.bindMetrics(metrics)).hasMessage("No systemd socket \"metrics\"");
        listeners.bind(Where.Systemd.ALL, HANDLERS);

        assertThat(listeners.count()).isEqualTo(1);
        assertThatThrownBy(() -> listeners.bind(Where.Systemd.ALL, HANDLERS)).isInstanceOf(IOException.class)
                .hasMessage("No systemd socket");
        assertThatThrownBy(() -> listeners.bind(new Where.Systemd(Optional.of("late")), HANDLERS))
                .hasMessage("No systemd socket \"late\"");
    }
}
