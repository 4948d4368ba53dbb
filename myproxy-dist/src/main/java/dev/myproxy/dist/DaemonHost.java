package dev.myproxy.dist;

import dev.myproxy.address.Address;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.dist.log.LineWriter;
import dev.myproxy.dist.log.LineWriter.Target;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptHost;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
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
    public void listen(Address address, Handlers handlers) throws IOException {
        listeners.bind(address, handlers);
    }

    @Override
    public void listenForMetrics(Address address) throws IOException {
        listeners.bindMetrics(address);
    }

    @Override
    public void listenForControl(Address address, ControlOptions options) throws IOException {
        listeners.bindControl(address, options);
    }

    @Override
    public void listenForAdmins(Address address, AdminOptions options) throws IOException {
        listeners.bindAdmin(address, options);
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
