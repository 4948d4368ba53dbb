package dev.myproxy.dist;

import dev.myproxy.admin.AdminSource;
import dev.myproxy.admin.DaemonRow;
import dev.myproxy.admin.DaemonState;
import dev.myproxy.admin.ListenerRow;
import dev.myproxy.admin.ScriptRow;
import dev.myproxy.script.ClientLimits;
import dev.myproxy.session.AdmissionSnapshot;
import dev.myproxy.session.DrainProgress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** What the daemon tells of itself. Safe to use from every thread. */
final class Status implements AdminSource {

    private final MeterRegistry meters;
    private final DaemonRow daemon;
    private final List<Binder> binders = new CopyOnWriteArrayList<>();
    private volatile DaemonState state = DaemonState.STARTING;
    private volatile String engine = "";
    private volatile Supplier<AdmissionSnapshot> admissions = () -> new AdmissionSnapshot(ClientLimits.NONE, 0, 0, 0,
            0);
    private volatile Supplier<Optional<DrainProgress>> drain = Optional::empty;
    private volatile Supplier<Future<Reloaded>> reload = () -> Future.failedFuture("nothing can be loaded again yet");

    /**
     * @param configuration its path, absolute
     * @param meters        where the script's errors are counted
     */
    Status(String configuration, MeterRegistry meters) {
        this.meters = meters;
        this.daemon = new DaemonRow(CommandLine.version(), configuration, ProcessHandle.current().pid(),
                ProcessHandle.current().info().startInstant().orElseGet(Instant::now));
    }

    /** Which engine runs the script. */
    void engine(String name) {
        engine = name;
    }

    /** Shows how far it is, while clients are let go. */
    void drains(Supplier<Optional<DrainProgress>> progress) {
        drain = progress;
    }

    /** Shows how many clients there are, and may be. */
    void admits(Supplier<AdmissionSnapshot> counts) {
        admissions = counts;
    }

    /** What is done by those who ask for what SIGHUP does. */
    void reloads(Supplier<Future<Reloaded>> work) {
        reload = work;
    }

    void becomes(DaemonState next) {
        state = next;
    }

    /** Shows these listeners, too. */
    void shows(Binder binder) {
        binders.add(binder);
    }

    @Override
    public DaemonRow daemon() {
        return daemon;
    }

    @Override
    public DaemonState state() {
        return state;
    }

    @Override
    public AdmissionSnapshot admissions() {
        return admissions.get();
    }

    @Override
    public Optional<DrainProgress> drain() {
        return drain.get();
    }

    @Override
    public ScriptRow script() {
        double errors = meters.find("myproxy.lua.errors").counters().stream().mapToDouble(Counter::count).sum();
        double waiting = meters.find("myproxy.lua.coroutines.waiting").gauges().stream().mapToDouble(Gauge::value)
                .sum();
        return new ScriptRow(engine, (long) errors, (long) waiting);
    }

    @Override
    public Future<String> reload() {
        return switch (state) {
            case STARTING -> Future.failedFuture("the configuration is still loading");
            case READY -> reload.get().compose(done -> done == Reloaded.NOTHING
                    ? Future.failedFuture(done.text())
                    : Future.succeededFuture(done.text()));
            case STOPPING -> Future.failedFuture("the daemon is stopping");
        };
    }

    @Override
    public List<ListenerRow> listeners() {
        return binders.stream().flatMap(binder -> binder.rows().stream()).toList();
    }
}
