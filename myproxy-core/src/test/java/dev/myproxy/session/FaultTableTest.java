package dev.myproxy.session;

import static dev.myproxy.session.FaultyNetwork.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Direction;
import dev.myproxy.peers.Fault;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.session.FaultyNetwork.Side;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The network breaks at each byte of a client's life, on either side of the proxy and in either direction: the client gets the
 * beginning of what it should get and perhaps an ERR, and never waits for ever; other clients notice nothing; the log says
 * once whose fault it was.
 */
class FaultTableTest {

    private static final int AT_A_TIME = 6;

    /** At each byte one of them happens, or all of them in a longer run. */
    private static final List<LongFunction<Fault>> FAULTS = List.of(Fault.CloseAt::new, Fault.ResetAt::new,
            Fault.HalfCloseAt::new);
    /** Each side says more than this, in each direction, before a login is over. */
    private static final long LOGIN_BYTES = 80;
    private static final int FAULTS_PER_BYTE = Boolean.getBoolean("myproxy.long") ? FAULTS.size() : 1;

    static Stream<Arguments> table() {
        return Stream.of(Side.values())
                .flatMap(side -> Stream.of(Direction.values()).map(direction -> Arguments.of(side, direction)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void theConnectionBreaksAtEachByte(Side side, Direction direction) throws Exception {
        try (SessionLines lines = new SessionLines();
                FaultyNetwork network = FaultyNetwork.start();
                Bystanders others = network.bystanders()) {
            List<FaultyNetwork.Run> runs = breakAtEachByte(network, side, direction);
            others.assertContent();
            soon().until(() -> network.sessions() == 0);

            assertThat(runs).extracting(FaultyNetwork.Run::complaint).containsOnly("");
            assertThat(runs.stream().filter(FaultyNetwork.Run::complete)).as("broken when all had been said")
                    .hasSizeLessThan(FAULTS_PER_BYTE * 10);
            logged(side, lines, runs);
        }
    }

    private static List<FaultyNetwork.Run> breakAtEachByte(FaultyNetwork network, Side side, Direction direction)
            throws Exception {
        long bytes = network.length(side, direction);
        List<Future<FaultyNetwork.Run>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            for (long at = 0; at < bytes; at++) {
                for (int i = 0; i < FAULTS_PER_BYTE; i++) {
                    Fault fault = FAULTS.get((int) (at + i) % FAULTS.size()).apply(at);
                    all.add(threads.submit(() -> network.run(side, direction, List.of(fault))));
                }
            }
        }
        List<FaultyNetwork.Run> runs = new ArrayList<>();
        for (Future<FaultyNetwork.Run> run : all) {
            runs.add(run.get());
        }
        return runs;
    }

    private static void logged(Side side, SessionLines lines, List<FaultyNetwork.Run> runs) {
        Map<Long, SessionLines.Ended> byId = new HashMap<>();
        for (SessionLines.Ended ended : lines.ended()) {
            assertThat(byId.put(ended.id(), ended)).as("a session ends once").isNull();
            assertThat(ended.failures()).as("%s", ended).hasSizeLessThanOrEqualTo(1);
            assertThat(ended.cause())
                    .as("%s of %s", ended, runs.stream().filter(run -> run.id() == ended.id()).toList())
                    .isIn(side.causes());
        }
        for (FaultyNetwork.Run run : runs) {
            if (run.refused()) {
                assertThat(Objects.requireNonNull(byId.get(run.id())).failures())
                        .as("why the client got an ERR: %s", run).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatOnlyDelaysChangesNothing(Side side) throws Exception {
        List<List<Fault>> slow = List.of(List.of(new Fault.Split(1, Duration.ZERO)),
                List.of(new Fault.Split(7, Duration.ofNanos(1))), List.of(new Fault.Delay(Duration.ofMillis(5))),
                List.of(new Fault.Throttle(20_000)), List.of(new Fault.Coalesce(4096, Duration.ofMillis(5))),
                List.of(new Fault.Delay(Duration.ofMillis(1)), new Fault.Split(3, Duration.ZERO)));
        try (FaultyNetwork network = FaultyNetwork.start()) {
            for (Direction direction : Direction.values()) {
                for (List<Fault> faults : slow) {
                    FaultyNetwork.Run run = network.run(side, direction, faults);
                    assertThat(run.complaint()).isEmpty();
                    assertThat(run.complete()).as("%s %s", direction, faults).isTrue();
                }
            }
        }
    }

    /** Before the command phase nobody is waited for in vain, wherever it is that nothing comes any more to the proxy or the server. */
    @Test
    void nothingComesAnyMoreInALogin() throws Exception {
        Duration soon = Duration.ofSeconds(3);
        SessionSettings settings = new SessionSettings(soon, soon, soon, soon);
        try (SessionLines lines = new SessionLines();
                FaultyNetwork network = FaultyNetwork.start(settings,
                        ListenOptions.builder().loginTimeout(soon).build());
                ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<FaultyNetwork.Run>> all = new ArrayList<>();
            for (long offset = 0; offset < LOGIN_BYTES; offset += 13) {
                List<Fault> stall = List.of(new Fault.StallAt(offset));
                all.add(threads.submit(() -> network.run(Side.CLIENT, Direction.TO_SERVER, stall)));
                all.add(threads.submit(() -> network.run(Side.SERVER, Direction.TO_SERVER, stall)));
                all.add(threads.submit(() -> network.run(Side.SERVER, Direction.TO_CLIENT, stall)));
            }
            for (Future<FaultyNetwork.Run> each : all) {
                FaultyNetwork.Run run = each.get();
                assertThat(run.complaint()).isEmpty();
                assertThat(run.complete()).as("%s", run).isFalse();
            }
            soon().until(() -> network.sessions() == 0);
            assertThat(lines.ended()).allSatisfy(end -> assertThat(end.failures()).hasSizeLessThanOrEqualTo(1));
            assertThat(lines.ended()).extracting(SessionLines.Ended::cause).contains("login_timeout",
                    "connect_failed", "login_failed");
        }
    }
}
