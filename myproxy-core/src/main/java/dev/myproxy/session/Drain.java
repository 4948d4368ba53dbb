package dev.myproxy.session;

import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.session.meters.Phase;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets all sessions go while the daemon stops, each at the best moment, and ends the rest when the time is over. All that are
 * ended get ERR 1053.
 *
 * <pre>
 * at once       sessions are looked at every {@link #LOOK}. Those that hold no transaction and have been idle since the last look end.
 *               So a session that is at work, or has just logged in, has a moment to say good-bye by itself
 * {@link #LAST_CALL}     from now on a command that begins no sooner than this, outside of transactions, is not carried out but answered with
 *               the ERR; clients that have not answered the greeting are not waited for; streams to replicas end
 * limit         what is left ends: transactions, commands that run, logins that servers or the script keep waiting
 * </pre>
 *
 * <p>Nothing of that costs a session anything while no drain runs. Safe to use from every thread.
 */
public final class Drain {

    /** How long sessions have if nobody says otherwise. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

    /** The longest time that makes sense. */
    public static final Duration LONGEST_LIMIT = Duration.ofDays(1);

    /** The time between two looks at all sessions. */
    static final Duration LOOK = Duration.ofMillis(500);

    /** When clients that never pause are told to go at their next command. */
    static final Duration LAST_CALL = Duration.ofSeconds(3);

    /** How long clients have, when all sessions are over, to read why. A little longer than {@link Farewell} waits for them. */
    private static final Duration FAREWELLS = Duration.ofMillis(2_500);

    /** What a session had done: another one whenever it has done something. */
    private record Mark(Phase phase, long activity) {}

    private final Sessions sessions;
    private final Vertx vertx;
    private final Duration interval;
    private final Duration lastCall;
    private final Promise<Void> done = Promise.promise();
    /** What each session had done at the last look. */
    private volatile Map<Long, Mark> marks = Map.of();
    private final Set<Channel> leaving = ConcurrentHashMap.newKeySet();
    private volatile Optional<DrainProgress> progress = Optional.empty();
    private long beginNanos;
    private long limitNanos;

    /** @param sessions that no new ones are added to when {@link #begin} is called, but for clients that were accepted before */
    public Drain(Sessions sessions, Vertx vertx) {
        this(sessions, vertx, LOOK, LAST_CALL);
    }

    /**
     * @param interval in the place of {@link #LOOK}
     * @param lastCall in the place of {@link #LAST_CALL}
     */
    Drain(Sessions sessions, Vertx vertx, Duration interval, Duration lastCall) {
        this.sessions = sessions;
        this.vertx = vertx;
        this.interval = interval;
        this.lastCall = lastCall;
    }

    /**
     * Begins; to be called once.
     *
     * @param limit how long sessions may take to go by themselves; with zero all of them end at once
     * @return completes when all sessions are over and their clients have had the time to read the last packet
     */
    public Future<Void> begin(Duration limit) {
        beginNanos = System.nanoTime();
        limitNanos = limit.toNanos();
        progress = Optional.of(new DrainProgress(sessions.count(), 0, limit));
        look();
        return done.future();
    }

    /** How far it has come; empty before it begins. */
    public Optional<DrainProgress> progress() {
        return progress;
    }

    private void look() {
        long age = System.nanoTime() - beginNanos;
        if (age >= limitNanos) {
            sessions.each(session -> leaving.add(session.channel())).eventually(sessions::shutDown)
                    .onComplete(_ -> farewell());
        } else {
            boolean late = age >= lastCall.toNanos();
            Map<Long, Mark> before = marks;
            Map<Long, Mark> now = new ConcurrentHashMap<>();
            marks = now;
            sessions.each(session -> look(session, late, before, now)).onSuccess(this::goOn).onFailure(done::tryFail);
        }
    }

    private void goOn(List<Stay> stays) {
        int transactions = (int) stays.stream().filter(Stay.TRANSACTION::equals).count();
        long left = Math.max(0, beginNanos + limitNanos - System.nanoTime());
        progress = Optional.of(new DrainProgress(sessions.count(), transactions, Duration.ofNanos(left)));
        if (sessions.count() == 0) {
            farewell();
        } else {
            vertx.setTimer(Math.clamp(Duration.ofNanos(left).toMillis(), 1, interval.toMillis()), _ -> look());
        }
    }

    /** Why a session is still there. */
    private enum Stay {
        NONE, TRANSACTION, OTHER
    }

    /** On the session's event loop. */
    private Stay look(Session session, boolean late, Map<Long, Mark> before, Map<Long, Mark> now) {
        if (session.hasEnded()) {
            return Stay.NONE;
        }
        ClientPhase side = session.side();
        Mark mark = new Mark(session.phase(), side.activity());
        now.put(session.id(), mark);
        boolean quiet = mark.equals(before.get(session.id()));
        if (quiet && side.departure().isPossible() && (late || session.phase() == Phase.COMMAND)) {
            leaving.add(session.channel());
            session.expel(DisconnectCause.SHUTDOWN, ClientErrors.SHUTDOWN);
        } else if (late) {
            leaving.add(session.channel());
            side.departure().lastCall();
        }
        if (session.hasEnded()) {
            return Stay.NONE;
        }
        return side.departure().isInTransaction() ? Stay.TRANSACTION : Stay.OTHER;
    }

    private void farewell() {
        List<Future<Void>> ends = leaving.stream().map(Drain::closed).toList();
        long timer = vertx.setTimer(FAREWELLS.toMillis(), _ -> done.tryComplete());
        Future.join(ends).onComplete(_ -> {
            vertx.cancelTimer(timer);
            done.tryComplete();
        });
    }

    private static Future<Void> closed(Channel channel) {
        Promise<Void> closed = Promise.promise();
        channel.closeFuture().addListener(_ -> closed.tryComplete());
        return closed.future();
    }
}
