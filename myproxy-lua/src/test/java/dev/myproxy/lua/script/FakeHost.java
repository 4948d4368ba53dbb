package dev.myproxy.lua.script;

import dev.myproxy.address.Address;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.script.ClientLimits;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptHost;
import dev.myproxy.script.Where;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what a script asked of the daemon. */
final class FakeHost implements ScriptHost {

    /** A listener that the script created. */
    record Listener(Address address, Handlers handlers) {}

    final List<Listener> listeners = new CopyOnWriteArrayList<>();
    final List<Address> metricsListeners = new CopyOnWriteArrayList<>();
    final Map<Address, ControlOptions> controlListeners = new ConcurrentHashMap<>();
    final Map<String, AdminOptions> adminListeners = new ConcurrentHashMap<>();
    /** What listens on inherited sockets, and on which. */
    final List<String> inherited = new CopyOnWriteArrayList<>();
    final List<ByteString> printed = new CopyOnWriteArrayList<>();
    final List<String> errors = new CopyOnWriteArrayList<>();
    final MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final List<ClientLimits> limits = new CopyOnWriteArrayList<>();
    final List<Duration> shutdownTimeouts = new CopyOnWriteArrayList<>();
    final AtomicInteger reloads = new AtomicInteger();
    volatile Future<Void> reloaded = Future.succeededFuture();
    final List<Integer> exits = new CopyOnWriteArrayList<>();

    /** Refuses paths below {@code /nonexistent}. */
    @Override
    public void listen(Where where, Handlers handlers) throws IOException {
        if (where instanceof Where.Systemd) {
            inherited.add("mysql " + where);
            return;
        }
        Address address = bound(where);
        if (address.toString().startsWith("/nonexistent/")) {
            throw new IOException("Failed to bind to " + address + ": No such file or directory");
        }
        listeners.add(new Listener(address, handlers));
    }

    @Override
    public void listenForMetrics(Where where) throws IOException {
        if (where instanceof Where.Systemd) {
            inherited.add("prometheus " + where);
            return;
        }
        Address address = bound(where);
        if (address.toString().startsWith("/nonexistent/")) {
            throw new IOException("Failed to bind to " + address + ": No such file or directory");
        }
        metricsListeners.add(address);
    }

    @Override
    public void listenForControl(Where where, ControlOptions options) throws IOException {
        if (where instanceof Where.Systemd) {
            inherited.add("control " + where);
            return;
        }
        Address address = bound(where);
        if (address.toString().startsWith("/nonexistent/")) {
            throw new IOException("Failed to bind to " + address + ": No such file or directory");
        }
        controlListeners.put(address, options);
    }

    @Override
    public void listenForAdmins(Where where, AdminOptions options) throws IOException {
        if (where instanceof Where.Systemd) {
            inherited.add("admin " + where);
            return;
        }
        Address address = bound(where);
        if (address.toString().startsWith("/nonexistent/")) {
            throw new IOException("Failed to bind to " + address + ": No such file or directory");
        }
        adminListeners.put(address.toString(), options);
    }

    private static Address bound(Where where) {
        return ((Where.At) where).address();
    }

    @Override
    public void limit(ClientLimits next) {
        limits.add(next);
    }

    @Override
    public void shutdownTimeout(Duration limit) {
        shutdownTimeouts.add(limit);
    }

    @Override
    public Future<Void> reload() {
        reloads.incrementAndGet();
        return reloaded;
    }

    @Override
    public void print(ByteString line) {
        printed.add(line);
    }

    List<String> printedTexts() {
        return printed.stream().map(ByteString::utf8).toList();
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
        exits.add(code);
    }
}
