package dev.myproxy.dist;

import dev.myproxy.script.Where;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.dist.log.LineWriter;
import dev.myproxy.dist.log.LineWriter.Target;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptHost;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a script may ask of the running daemon. */
final class DaemonHost implements ScriptHost {

    private static final Logger LOG = LoggerFactory.getLogger(DaemonHost.class);

    private final Listeners listeners;
    private final MeterRegistry meters;

    DaemonHost(Listeners listeners, MeterRegistry meters) {
        this.listeners = listeners;
        this.meters = meters;
    }

    @Override
    public void listen(Where where, Handlers handlers) throws IOException {
        listeners.bind(where, handlers);
    }

    @Override
    public void listenForMetrics(Where where) throws IOException {
        listeners.bindMetrics(where);
    }

    @Override
    public void listenForControl(Where where, ControlOptions options) throws IOException {
        listeners.bindControl(where, options);
    }

    @Override
    public void listenForAdmins(Where where, AdminOptions options) throws IOException {
        listeners.bindAdmin(where, options);
    }

    @Override
    public void shutdownTimeout(Duration limit) {
        listeners.shutdownTimeout(limit);
    }

    @Override
    public void print(ByteString line) {
        LineWriter.standard().put(Target.OUT, line.toByteArray());
    }

    @Override
    public void scriptError(String message) {
        LOG.warn("{}", message);
    }

    @Override
    public MeterRegistry meters() {
        return meters;
    }

    /** Never returns. */
    @Override
    public void exit(int code) {
        Runtime.getRuntime().exit(code);
    }
}
