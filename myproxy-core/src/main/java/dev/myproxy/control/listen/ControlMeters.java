package dev.myproxy.control.listen;

import dev.myproxy.control.ControlCommand;
import dev.myproxy.control.ReceivedDatagram.Defect;
import dev.myproxy.control.Sender;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What all control listeners of the daemon count. Safe to use from every thread. */
public final class ControlMeters {

    private final MeterRegistry registry;
    private final Counter datagrams;
    private final Counter disconnected;
    private final Counter socketErrors;
    private final Map<Defect, Counter> malformed = new EnumMap<>(Defect.class);

    public ControlMeters(MeterRegistry registry) {
        this.registry = registry;
        datagrams = Counter.builder("myproxy.control.datagrams")
                .description("Control datagrams that were good and came from allowed senders").register(registry);
        disconnected = Counter.builder("myproxy.control.disconnected.sessions")
                .description("Sessions that control commands ended").register(registry);
        socketErrors = Counter.builder("myproxy.control.socket.errors")
                .description("Failures of sockets for control datagrams").register(registry);
        for (Defect defect : Defect.values()) {
            malformed.put(defect, Counter.builder("myproxy.control.malformed.datagrams").tag("defect", defect.label())
                    .description(
                            "Control datagrams from allowed senders that were ignored because something is wrong with them")
                    .register(registry));
        }
        refused("unix");
        refused("udp");
        command(Optional.of(ControlCommand.DISCONNECT_DATABASE));
    }

    void good() {
        datagrams.increment();
    }

    void malformed(Defect defect) {
        Objects.requireNonNull(malformed.get(defect)).increment();
    }

    void refused(Sender sender) {
        refused(sender.kind()).increment();
    }

    void received(Optional<ControlCommand> command) {
        command(command).increment();
    }

    void disconnected(int sessions) {
        disconnected.increment(sessions);
    }

    void socketError() {
        socketErrors.increment();
    }

    private Counter refused(String kind) {
        return Counter.builder("myproxy.control.refused.datagrams").tag("sender", kind)
                .description("Control datagrams from senders that may not send any").register(registry);
    }

    /** As many series as there are known commands, and one for all others. */
    private Counter command(Optional<ControlCommand> command) {
        return Counter.builder("myproxy.control.commands")
                .tag("command", command.map(ControlCommand::label).orElse("unknown"))
                .description("Control commands received; all but disconnect_database are ignored").register(registry);
    }
}
