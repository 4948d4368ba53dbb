package dev.myproxy.offer;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.Capabilities;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What servers offered in their last greetings, as far as they have greeted within the hour. Beyond
 * {@value #MAX_SERVERS}, what all others have is kept without their names. Not thread-safe.
 */
final class KnownServers {

    static final int MAX_SERVERS = 1_000;
    static final long KEPT_NANOS = Duration.ofHours(1).toNanos();

    private record Sighting(Capabilities capabilities, long nanos) {

        boolean isOver(long now) {
            return now - nanos >= KEPT_NANOS;
        }
    }

    private final Map<Address, Sighting> servers = new HashMap<>();
    private Optional<Sighting> others = Optional.empty();

    /**
     * A server has greeted.
     *
     * @return whether that changes what is known
     */
    boolean greeted(Address server, Capabilities offered, long now) {
        Sighting sighting = new Sighting(offered, now);
        if (servers.size() >= MAX_SERVERS && !servers.containsKey(server)) {
            forget(now);
        }
        if (servers.size() < MAX_SERVERS || servers.containsKey(server)) {
            Sighting before = servers.put(server, sighting);
            return before == null || !before.capabilities().equals(offered);
        }
        Optional<Sighting> before = others;
        Sighting together = before.map(known -> new Sighting(known.capabilities().and(offered), now)).orElse(sighting);
        others = Optional.of(together);
        return !before.map(Sighting::capabilities).equals(Optional.of(together.capabilities()));
    }

    /**
     * A server that may be among these has greeted somebody else.
     *
     * @return whether that changes what is known
     */
    boolean update(Address server, Capabilities offered) {
        Sighting known = servers.get(server);
        if (known == null || known.capabilities().equals(offered)) {
            return false;
        }
        servers.put(server, new Sighting(offered, known.nanos()));
        return true;
    }

    /** Forgets servers that have not greeted for an hour. */
    void forget(long now) {
        servers.values().removeIf(sighting -> sighting.isOver(now));
        others = others.filter(sighting -> !sighting.isOver(now));
    }

    boolean isEmpty() {
        return servers.isEmpty() && others.isEmpty();
    }

    /** What all of them offer; empty if none is known. */
    Optional<Capabilities> common() {
        Optional<Capabilities> all = servers.values().stream().map(Sighting::capabilities).reduce(Capabilities::and);
        Optional<Capabilities> rest = others.map(Sighting::capabilities);
        return all.isPresent() && rest.isPresent() ? Optional.of(all.get().and(rest.get())) : all.or(() -> rest);
    }

    /** When the next one will be forgotten, unless it greets again. */
    long until(long now) {
        long age = others.map(sighting -> now - sighting.nanos()).orElse(0L);
        for (Sighting sighting : servers.values()) {
            age = Math.max(age, now - sighting.nanos());
        }
        return now - age + KEPT_NANOS;
    }
}
