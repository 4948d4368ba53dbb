package dev.myproxy.it.same;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.it.RealMySql;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Scripts made by chance, directly and through the daemon. System properties: {@code myproxy.sequences} tells how many
 * sequences of commands to play, to all servers together, {@code myproxy.seed} where to begin.
 */
@BesideOthers
class GeneratedScriptsIT {

    private static final int PLAYERS = 6;
    private static final Duration SHRINKING = Duration.ofSeconds(60);
    private static final Duration SHRINKING_PATIENCE = Duration.ofSeconds(3);

    private final long sequences = Long.getLong("myproxy.sequences", 10_000);
    private final long firstSeed = Long.getLong("myproxy.seed", 1);
    private final AtomicLong next = new AtomicLong(firstSeed);
    private final AtomicLong played = new AtomicLong();

    @ParameterizedTest
    @EnumSource(Server.Kind.class)
    void everyPacketIsTheSame(Server.Kind kind) throws IOException, InterruptedException, ExecutionException {
        Server server = Server.of(kind);
        Daemon daemon = Daemon.before(server);
        List<FlagSet> offered = Arrays.stream(FlagSet.values())
                .filter(flags -> flags.suits(kind) && daemon.offers(flags)).toList();
        int servers = RealMySql.available() ? 2 : 1;
        long end = firstSeed + Math.max(1, sequences / servers / Generator.SEQUENCES);
        try (ExecutorService players = Executors.newFixedThreadPool(PLAYERS)) {
            List<Future<Optional<String>>> all = IntStream.range(0, PLAYERS).mapToObj(_ -> players.submit(() -> {
                Optional<String> failure = Optional.empty();
                for (long seed = next.getAndIncrement(); seed < end && failure.isEmpty(); seed = next
                        .getAndIncrement()) {
                    failure = failure(Life.of(seed, kind, offered), server, daemon);
                    tell(kind, played.incrementAndGet());
                }
                failure.ifPresent(_ -> next.set(end));
                return failure;
            })).toList();
            for (Future<Optional<String>> player : all) {
                assertThat(player.get()).isEmpty();
            }
        }
    }

    /** A sign of life in long runs. */
    private static void tell(Server.Kind kind, long scripts) {
        if (scripts % 1000 == 0) {
            System.out.println(kind + ": " + scripts * Generator.SEQUENCES + " sequences are the same");
        }
    }

    /** Plays a script; tells what went wrong, and shows a script that is as short as it can be. */
    private static Optional<String> failure(Life life, Server server, Daemon daemon) {
        Optional<Throwable> failure = play(life, server, daemon, Player.PATIENCE);
        if (failure.isEmpty()) {
            return Optional.empty();
        }
        List<String> shortest = new Shrinker(lines -> play(life.with(lines), server, daemon, SHRINKING_PATIENCE)
                .filter(e -> e.getClass() == failure.get().getClass()).isPresent(), SHRINKING).shrink(life.lines());
        return Optional.of("%s: alone with -Dmyproxy.seed=%d -Dmyproxy.sequences=1%n%s%n%nshortened to:%n%s".formatted(
                life, life.seed(), failure.get(), String.join("\n", shortest)));
    }

    private static Optional<Throwable> play(Life life, Server server, Daemon daemon, Duration patience) {
        try {
            life.play(server, daemon, patience);
            return Optional.empty();
        } catch (IOException | RuntimeException | AssertionError e) {
            return Optional.of(e);
        }
    }
}
