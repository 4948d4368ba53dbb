package dev.myproxy.it.same;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each script, directly and through the daemon, with all kinds of flags and deliveries: every packet is the same. */
@BesideOthers
class SameAsDirectIT {

    private static final Set<Delivery> SOME = EnumSet.of(Delivery.AS_SENT, Delivery.HANDLED_COALESCED);

    /** Each script with all flags of a server, one server after the other. */
    static List<Arguments> scripts() throws IOException {
        List<Arguments> all = new ArrayList<>();
        List<Script> scripts = Scripts.all();
        for (Server.Kind kind : Server.Kind.values()) {
            for (FlagSet flags : FlagSet.values()) {
                if (flags.suits(kind)) {
                    scripts.forEach(script -> all.add(Arguments.of(kind, flags, script)));
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyPacketIsTheSame(Server.Kind kind, FlagSet flags, Script script) throws IOException {
        assumeTrue(script.servers().contains(kind), "the script is not for this server");
        Set<Delivery> deliveries = deliveries(kind, flags, script);
        assumeTrue(!deliveries.isEmpty(), "the script takes too long for all flags");
        Server server = Server.of(kind);
        Daemon daemon = Daemon.before(server);
        assertThat(daemon.offers(flags)).as("the daemon offers what this is about: " + flags).isTrue();
        Played direct = Player.record(script, Side.direct(server), flags);
        for (Delivery delivery : deliveries) {
            try {
                Player.compare(script, daemon.side(delivery), flags, delivery, direct, Player.PATIENCE);
            } catch (Difference | RuntimeException e) {
                throw new AssertionError(script + " with " + flags + ", " + delivery, e);
            }
        }
    }

    /** All with the flags that make the most of a difference; a few with others and of scripts that take long. */
    private static Set<Delivery> deliveries(Server.Kind kind, FlagSet flags, Script script) {
        Set<Delivery> all = EnumSet.noneOf(Delivery.class);
        if (!script.once()) {
            all.addAll(basic(kind, flags) ? EnumSet.allOf(Delivery.class) : SOME);
        } else if (flags == FlagSet.MODERN) {
            all.add(Delivery.AS_SENT);
        } else if (flags == FlagSet.CLASSIC) {
            all.add(Delivery.HANDLED);
        }
        if (script.unhandled()) {
            all.removeIf(delivery -> delivery.listener() == Delivery.Listener.HANDLED);
        }
        return all;
    }

    private static boolean basic(Server.Kind kind, FlagSet flags) {
        return (kind == Server.Kind.MARIADB && (flags == FlagSet.CLASSIC || flags == FlagSet.MODERN))
                || flags == FlagSet.MYSQL;
    }
}
