package dev.myproxy.session.meters;

import dev.myproxy.metrics.Durations;
import dev.myproxy.metrics.Metric;
import dev.myproxy.metrics.PerLoop;
import dev.myproxy.metrics.Servers;
import dev.myproxy.protocol.Command;
import dev.myproxy.script.Handler;
import dev.myproxy.session.kill.KillOutcome;
import io.netty.channel.EventLoop;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What all sessions of the daemon count, for Prometheus' registry. Each event loop counts for itself; a scrape adds that up.
 * Safe to use from every thread.
 */
public final class SessionMeters implements MultiCollector {

    private final PerLoop<LoopMeters> loops = new PerLoop<>(LoopMeters::new);
    private final Servers servers;

    /**
     * Nothing is counted yet.
     *
     * @param servers where the servers' part is counted; not shown by this collector
     */
    public SessionMeters(Servers servers) {
        this.servers = servers;
    }

    public Servers servers() {
        return servers;
    }

    public LoopMeters of(EventLoop loop) {
        return loops.of(loop);
    }

    @Override
    public MetricSnapshots collect() {
        List<Metric<?>> metrics = new ArrayList<>();
        for (SessionCounter counter : SessionCounter.values()) {
            metrics.add(counter.metric().value(loops.sum(loop -> loop.counters().get(counter))));
        }
        metrics.add(phases());
        metrics.add(ends());
        metrics.add(commands());
        metrics.add(kills());
        metrics.add(hooks());
        metrics.addAll(TlsMeters.metrics(loops));
        metrics.add(durations("connect", "Time to connect to a server, of attempts that succeeded", LoopMeters.STEPS,
                LoopMeters::connect));
        metrics.add(durations("login", "Time from the connection to a server to its OK", LoopMeters.STEPS,
                LoopMeters::login));
        metrics.add(durations("query", "Time from sending a statement to the last packet of its answer",
                LoopMeters.QUERIES, LoopMeters::query));
        metrics.add(durations("session", "Time from accepting a client to the end of its session",
                LoopMeters.SESSIONS, LoopMeters::session));
        return new MetricSnapshots(metrics.stream().map(Metric::snapshot).toList());
    }

    private Metric<?> phases() {
        Metric.Gauge sessions = new Metric.Gauge("myproxy_sessions", "Sessions by the phase that they are in");
        for (Phase phase : Phase.values()) {
            sessions.value(loops.sum(loop -> loop.phases().get(phase)), "phase", phase.label());
        }
        return sessions;
    }

    private Metric<?> ends() {
        Metric.Counter ends = new Metric.Counter("myproxy_disconnects",
                "Sessions that have ended, by cause and by the phase that they had reached");
        for (DisconnectCause cause : DisconnectCause.values()) {
            for (Phase phase : Phase.values()) {
                ends.value(loops.sum(loop -> loop.ends(cause).get(phase)), "cause", cause.label(), "phase",
                        phase.label());
            }
        }
        return ends;
    }

    private Metric<?> commands() {
        Metric.Counter commands = new Metric.Counter("myproxy_commands", "Commands that servers have answered");
        for (Command command : Command.values()) {
            commands.value(loops.sum(loop -> loop.commands().get(command)), "command",
                    command.name().toLowerCase(Locale.ROOT));
        }
        return commands;
    }

    private Metric<?> kills() {
        Metric.Counter kills = new Metric.Counter("myproxy_kills", "KILLs with an id that this daemon has given out");
        for (KillOutcome outcome : KillOutcome.values()) {
            kills.value(loops.sum(loop -> loop.kills().get(outcome)), "outcome", outcome.label());
        }
        return kills;
    }

    private Metric<?> hooks() {
        Metric.Histogram hooks = new Metric.Histogram("myproxy_hook_seconds",
                "Time from asking a handler of the script to its decision", LoopMeters.STEPS);
        for (Handler handler : Handler.values()) {
            if (handler != Handler.DISCONNECT) {
                hooks.value(parts(loop -> loop.hook(handler)), "handler", handler.key());
            }
        }
        return hooks;
    }

    private Metric<?> durations(String what, String help, List<Duration> bounds,
            Function<LoopMeters, Durations> part) {
        return new Metric.Histogram("myproxy_" + what + "_seconds", help, bounds).value(parts(part));
    }

    private Collection<Durations> parts(Function<LoopMeters, Durations> part) {
        return loops.all().stream().map(part).toList();
    }
}
