package dev.myproxy.session.meters;

import dev.myproxy.metrics.Durations;
import dev.myproxy.metrics.Tally;
import dev.myproxy.protocol.Command;
import dev.myproxy.script.Handler;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.session.kill.KillOutcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;

/** What the sessions of one event loop count, on that event loop. */
public final class LoopMeters {

    static final List<Duration> STEPS = seconds(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
            0.25, 0.5, 1, 2.5, 5, 10, 30);
    static final List<Duration> QUERIES = seconds(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
            0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300);
    static final List<Duration> SESSIONS = seconds(0.01, 0.1, 1, 10, 60, 300, 1800, 3600, 14_400, 86_400);

    private static final double NANOS = 1e9;

    private final Tally<SessionCounter> counters = new Tally<>(SessionCounter.class);
    private final Tally<Phase> phases = new Tally<>(Phase.class);
    private final Tally<KillOutcome> kills = new Tally<>(KillOutcome.class);
    private final Tally<Command> commands = new Tally<>(Command.class);
    private final Map<DisconnectCause, Tally<Phase>> ends = new EnumMap<>(DisconnectCause.class);
    private final Map<Handler, Durations> hooks = new EnumMap<>(Handler.class);
    private final TlsMeters clientTls = new TlsMeters();
    private final TlsMeters serverTls = new TlsMeters();
    private final Durations connect = new Durations(STEPS);
    private final Durations login = new Durations(STEPS);
    private final Durations query = new Durations(QUERIES);
    private final Durations session = new Durations(SESSIONS);

    public LoopMeters() {
        for (DisconnectCause cause : DisconnectCause.values()) {
            ends.put(cause, new Tally<>(Phase.class));
        }
        for (Handler handler : Handler.values()) {
            hooks.put(handler, new Durations(STEPS));
        }
    }

    private static List<Duration> seconds(double... bounds) {
        return DoubleStream.of(bounds).mapToObj(bound -> Duration.ofNanos(Math.round(bound * NANOS))).toList();
    }

    public void count(SessionCounter counter) {
        counters.add(counter, 1);
    }

    public void count(KillOutcome outcome) {
        kills.add(outcome, 1);
    }

    public Tally<KillOutcome> kills() {
        return kills;
    }

    public Tally<SessionCounter> counters() {
        return counters;
    }

    /** How many sessions are in each phase. */
    public Tally<Phase> phases() {
        return phases;
    }

    /** Commands that were answered. */
    public Tally<Command> commands() {
        return commands;
    }

    /** Sessions that ended for a cause. */
    public Tally<Phase> ends(DisconnectCause cause) {
        return Objects.requireNonNull(ends.get(cause));
    }

    public Durations hook(Handler handler) {
        return Objects.requireNonNull(hooks.get(handler));
    }

    /** The durations of what handles an event. */
    public Durations hook(ScriptEvent event) {
        return hook(switch (event) {
            case ScriptEvent.Connect _ -> Handler.CONNECT;
            case ScriptEvent.HandshakeResponse _ -> Handler.HANDSHAKE_RESPONSE;
            case ScriptEvent.CommandPhase _ -> Handler.COMMAND_PHASE;
            case ScriptEvent.InitDb _ -> Handler.INIT_DB;
            case ScriptEvent.Query _ -> Handler.QUERY;
            case ScriptEvent.Gone _,ScriptEvent.Disconnect _ -> Handler.DISCONNECT;
        });
    }

    /** What is counted of TLS on a side. */
    public TlsMeters tls(TlsSide side) {
        return side == TlsSide.CLIENT ? clientTls : serverTls;
    }

    public Durations connect() {
        return connect;
    }

    public Durations login() {
        return login;
    }

    public Durations query() {
        return query;
    }

    public Durations session() {
        return session;
    }

    /** A session begins, in a phase. */
    public void began(Phase first) {
        count(SessionCounter.ACCEPTED);
        phases.add(first, 1);
    }

    /**
     * A session goes from one phase to another.
     *
     * @param nanos how long it was in the first one
     */
    public void entered(Phase from, Phase to, long nanos) {
        phases.add(from, -1);
        phases.add(to, 1);
        if (from == Phase.LOGIN && to == Phase.COMMAND) {
            login.record(nanos);
        }
    }

    /**
     * A session has ended.
     *
     * @param nanos how long it lasted
     */
    public void ended(DisconnectCause cause, Phase phase, long nanos) {
        phases.add(phase, -1);
        ends(cause).add(phase, 1);
        session.record(nanos);
        switch (cause) {
            case SCRIPT_REFUSED -> count(SessionCounter.REJECTED);
            case CLIENT_MALFORMED -> count(SessionCounter.MALFORMED);
            default -> {
                // counted by its cause alone
            }
        }
    }
}
