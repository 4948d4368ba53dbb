package dev.myproxy.dist;

import dev.myproxy.control.ControlOptions;
import dev.myproxy.dist.log.LineWriter;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.script.ClientLimits;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptException;
import dev.myproxy.script.ScriptHost;
import dev.myproxy.script.ScriptRun;
import dev.myproxy.script.Where;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the script of one run of the configuration may ask of the running daemon. */
final class DaemonHost implements ScriptHost {

    private static final Logger LOG = LoggerFactory.getLogger(DaemonHost.class);

    private enum State {
        /** Nothing is in force that would go on without it. */
        FIRST,
        /** Its predecessor is in force. */
        LOADING,
        /** It is in force, or was. */
        SETTLED,
        /** It has failed. */
        CLOSED
    }

    private final Listeners listeners;
    private final MeterRegistry meters;
    private final ScriptRun run;
    private final Map<Class<?>, Object> shared;
    private final Supplier<Future<Void>> reload;
    /** What holds when the configuration is in force. */
    private final List<Runnable> settings = new ArrayList<>();
    private State state;
    private OptionalInt exitCode = OptionalInt.empty();

    /** For a script that can't be loaded again. */
    DaemonHost(Listeners listeners, MeterRegistry meters) {
        this(listeners, meters, ScriptRun.first(), new ConcurrentHashMap<>(),
                () -> Future.failedFuture(new ScriptException("the configuration can't be loaded again here")), false);
    }

    /**
     * @param shared what all runs have in common, by kind
     * @param reload loads the configuration again
     * @param again  whether there is another one in force meanwhile
     */
    DaemonHost(Listeners listeners, MeterRegistry meters, ScriptRun run, Map<Class<?>, Object> shared,
            Supplier<Future<Void>> reload, boolean again) {
        this.listeners = listeners;
        this.meters = meters;
        this.run = run;
        this.shared = shared;
        this.reload = reload;
        this.state = again ? State.LOADING : State.FIRST;
    }

    /** The configuration is in force. */
    synchronized void settle() {
        state = State.SETTLED;
        settings.forEach(Runnable::run);
        settings.clear();
    }

    /** The configuration has failed; perhaps it does not know yet. */
    synchronized void close() {
        state = State.CLOSED;
    }

    private void requireOpen() throws IOException {
        if (state == State.CLOSED) {
            throw new IOException("the configuration was given up");
        }
    }

    @Override
    public synchronized void listen(Where where, Handlers handlers) throws IOException {
        requireOpen();
        listeners.bind(where, handlers);
    }

    @Override
    public synchronized void listenForMetrics(Where where) throws IOException {
        requireOpen();
        listeners.bindMetrics(where);
    }

    @Override
    public synchronized void listenForControl(Where where, ControlOptions options) throws IOException {
        requireOpen();
        listeners.bindControl(where, options);
    }

    @Override
    public synchronized void listenForAdmins(Where where, AdminOptions options) throws IOException {
        requireOpen();
        listeners.bindAdmin(where, options);
    }

    @Override
    public void limit(ClientLimits limits) {
        set(() -> listeners.limit(limits));
    }

    @Override
    public void shutdownTimeout(Duration limit) {
        set(() -> listeners.shutdownTimeout(limit));
    }

    /** Does something now, or when the configuration is in force, unless another one is. */
    private synchronized void set(Runnable setting) {
        switch (state) {
            case FIRST -> setting.run();
            case LOADING -> settings.add(setting);
            case SETTLED -> {
                if (!run.isReplaced()) {
                    setting.run();
                }
            }
            case CLOSED -> {
                // nobody wants to know
            }
        }
    }

    @Override
    public ScriptRun run() {
        return run;
    }

    @Override
    public Future<Void> reload() {
        return reload.get();
    }

    @Override
    public <T> T shared(Class<T> kind, Supplier<T> make) {
        return kind.cast(shared.computeIfAbsent(kind, _ -> make.get()));
    }

    @Override
    public void print(ByteString line) {
        LineWriter.standard().print(line.toByteArray());
    }

    @Override
    public void scriptError(String message) {
        LOG.warn("{}", message);
    }

    @Override
    public MeterRegistry meters() {
        return meters;
    }

    /** Returns only if another configuration is in force, which goes on. */
    @Override
    public void exit(int code) {
        synchronized (this) {
            if (state == State.LOADING || state == State.CLOSED) {
                exitCode = OptionalInt.of(code);
                return;
            }
        }
        Runtime.getRuntime().exit(code);
    }

    /** What the script called {@code os.exit} with while another configuration was in force. */
    synchronized OptionalInt exitCode() {
        return exitCode;
    }
}
