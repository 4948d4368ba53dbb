package dev.myproxy.it.same;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each script, directly and through the daemon, with all kinds of flags and deliveries: every packet is the same. */
@ParameterizedClass
@MethodSource("servers")
class SameAsDirectIT {

    private static final Set<Delivery> SOME = EnumSet.of(Delivery.AS_SENT, Delivery.HANDLED_COALESCED);

    private final Server server;
    private final Daemon daemon;
    private final FlagSet flags;

    SameAsDirectIT(Server.Kind kind, FlagSet flags) throws IOException {
        server = Server.of(kind);
        daemon = Daemon.before(server);
        this.flags = flags;
    }

    static List<Arguments> servers() {
        List<Arguments> all = new ArrayList<>();
        for (Server.Kind kind : Server.Kind.values()) {
            for (FlagSet flags : FlagSet.values()) {
                if (flags.suits(kind)) {
                    all.add(Arguments.of(kind, flags));
                }
            }
        }
        return all;
    }

    static Collection<Script> scripts() throws IOException {
        return Scripts.all();
    }

    @BeforeEach
    void daemonOffersTheFlags() {
        assumeTrue(daemon.offers(flags), "the daemon does not offer what this is about: " + flags);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyPacketIsTheSame(Script script) throws IOException {
        assumeTrue(script.servers().contains(server.kind()), "the script is not for this server");
        Set<Delivery> deliveries = deliveries(script);
        assumeTrue(!deliveries.isEmpty(), "the script takes too long for all flags");
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
    private Set<Delivery> deliveries(Script script) {
        Set<Delivery> all = EnumSet.noneOf(Delivery.class);
        if (!script.once()) {
            all.addAll(basic() ? EnumSet.allOf(Delivery.class) : SOME);
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

    private boolean basic() {
        return (server.kind() == Server.Kind.MARIADB && (flags == FlagSet.CLASSIC || flags == FlagSet.MODERN))
                || flags == FlagSet.MYSQL;
    }
}
