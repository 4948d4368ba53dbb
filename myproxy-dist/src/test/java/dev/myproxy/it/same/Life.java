package dev.myproxy.it.same;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * A generated script, and the circumstances in which it is played.
 *
 * @param seed that it is made of
 */
record Life(long seed, Server.Kind kind, FlagSet flags, Delivery delivery, List<String> lines) {

    private static final List<Delivery> DELIVERIES = List.of(Delivery.AS_SENT, Delivery.AS_SENT, Delivery.COALESCED,
            Delivery.COALESCED, Delivery.COALESCED, Delivery.SPLIT, Delivery.HANDLED, Delivery.HANDLED_COALESCED,
            Delivery.SERVER_SPLIT, Delivery.SERVER_COALESCED);

    /** Makes a script with one of these kinds of flags. */
    static Life of(long seed, Server.Kind kind, List<FlagSet> offered) {
        Random random = new Random(~seed);
        return new Life(seed, kind, offered.get(random.nextInt(offered.size())),
                DELIVERIES.get(random.nextInt(DELIVERIES.size())), new Generator(seed).script());
    }

    /** The same with other lines. */
    Life with(List<String> other) {
        return new Life(seed, kind, flags, delivery, other);
    }

    /** Plays it to both sides; throws a {@link Difference} if there is one. */
    void play(Server server, Daemon daemon, Duration patience) throws IOException {
        Script script = ScriptReader.read("seed " + seed, lines);
        Played direct = Player.record(script, Side.direct(server), flags);
        Player.compare(script, daemon.side(delivery), flags, delivery, direct, patience);
    }

    @Override
    public String toString() {
        return "seed " + seed + ", " + kind + ", " + flags + ", " + delivery;
    }
}
