package dev.myproxy.lua.testing;

import dev.myproxy.address.Address;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.RehearsedSockets;
import dev.myproxy.script.ScriptHost;
import dev.myproxy.script.Where;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.event.Level;

/** Stands for the daemon: remembers what a policy asked of it, binds nothing. */
final class RecordingHost implements ScriptHost {

    /**
     * What the policy wrote into the log.
     *
     * @param line with the name of the connection and the fields
     */
    record Logged(Level level, String line) {
        LuaValue table() {
            return new LuaValue.Fresh(Map.of(LuaValue.of("level"),
                    LuaValue.of(level.name().toLowerCase(Locale.ROOT)), LuaValue.of("line"), LuaValue.of(line)));
        }
    }

    /** A listener that the configuration created. */
    record Listener(Where where, Handlers handlers) {

        /** Whether clients may come over TCP; nobody knows of sockets that the daemon is started with. */
        boolean mayBeTcp() {
            return !(where instanceof Where.At(Address address)) || address instanceof Address.Inet;
        }

        /** Whether clients may be processes of this machine. */
        boolean mayBeUnix() {
            return !(where instanceof Where.At(Address.Inet _));
        }

        /** What clients see of it. */
        Address address() {
            return where instanceof Where.At(Address address) ? address : new Address.UnixPath(where.toString());
        }
    }

    private final RehearsedSockets sockets = new RehearsedSockets();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<ByteString> printed = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<Logged> logged = new CopyOnWriteArrayList<>();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private volatile Optional<Integer> exit = Optional.empty();

    @Override
    public void listen(Where where, Handlers handlers) throws IOException {
        if (where instanceof Where.Systemd inherited) {
            sockets.take(inherited);
        } else if (listeners.stream().anyMatch(listener -> listener.where.equals(where))) {
            throw new IOException("Failed to bind to " + where + ": Address already in use");
        }
        listeners.add(new Listener(where, handlers));
    }

    @Override
    public void listenForMetrics(Where where) throws IOException {
        take(where);
    }

    @Override
    public void listenForControl(Where where, ControlOptions options) throws IOException {
        take(where);
    }

    @Override
    public void listenForAdmins(Where where, AdminOptions options) throws IOException {
        take(where);
    }

    private void take(Where where) throws IOException {
        if (where instanceof Where.Systemd inherited) {
            sockets.take(inherited);
        }
    }

    @Override
    public void print(ByteString line) {
        printed.add(line);
    }

    @Override
    public void scriptError(String message) {
        errors.add(message);
    }

    @Override
    public MeterRegistry meters() {
        return meters;
    }

    @Override
    public void exit(int code) {
        exit = Optional.of(code);
    }

    void log(Level level, String line) {
        logged.add(new Logged(level, line));
    }

    List<Logged> logged() {
        return logged;
    }

    /** A metric as Prometheus sees it. */
    OptionalDouble metric(String name, Map<String, String> labels) {
        return Samples.find(meters.scrape(), name, labels);
    }

    List<Listener> listeners() {
        return listeners;
    }

    List<ByteString> printed() {
        return printed;
    }

    List<String> errors() {
        return errors;
    }

    /** The code that the policy called {@code os.exit} with, if it did. */
    Optional<Integer> exitCode() {
        return exit;
    }
}
