package dev.myproxy.lua.testing;

import dev.myproxy.address.Address;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptHost;
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
    record Listener(Address address, Handlers handlers) {}

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<ByteString> printed = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<Logged> logged = new CopyOnWriteArrayList<>();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private volatile Optional<Integer> exit = Optional.empty();

    @Override
    public void listen(Address address, Handlers handlers) throws IOException {
        if (listeners.stream().anyMatch(listener -> listener.address.equals(address))) {
            throw new IOException("Failed to bind to " + address + ": Address already in use");
        }
        listeners.add(new Listener(address, handlers));
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
