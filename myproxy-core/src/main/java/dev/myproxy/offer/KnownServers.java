package dev.myproxy.offer;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.Capabilities;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What servers offered in their last greetings, as far as they have greeted within the hour. What those beyond the limit
 * have is kept without their names. Not thread-safe.
 */
final class KnownServers {

    static final long KEPT_NANOS = Duration.ofHours(1).toNanos();

    private record Sighting(Capabilities capabilities, long nanos) {

        boolean isOver(long now) {
            return now - nanos >= KEPT_NANOS;
        }
    }

    private final int limit;
    private final Map<Address, Sighting> servers = new HashMap<>();
    private Optional<Sighting> others = Optional.empty();
    private Optional<Capabilities> common = Optional.empty();

    /** @param limit how many are kept by name */
    KnownServers(int limit) {
        this.limit = limit;
    }

    /** Whether it is not known of a server that it offers just this. */
    boolean isNews(Address server, Capabilities offered) {
        Sighting known = servers.get(server);
        return known == null || !known.capabilities().equals(offered);
    }

    /**
     * A server has greeted.
     *
     * @return whether that changes what they all offer
     */
    boolean greeted(Address server, Capabilities offered, long now) {
        if (servers.size() >= limit && !servers.containsKey(server)) {
            forget(now);
        }
        if (servers.size() < limit || servers.containsKey(server)) {
            return put(server, new Sighting(offered, now));
        }
        Capabilities together = others.map(known -> known.capabilities().and(offered)).orElse(offered);
        others = Optional.of(new Sighting(together, now));
        return narrow(offered);
    }

    /**
     * A server that may be among these has greeted somebody else.
     *
     * @return whether that changes what they all offer
     */
    boolean update(Address server, Capabilities offered) {
        Sighting known = servers.get(server);
        return known != null && put(server, new Sighting(offered, known.nanos()));
    }

    private boolean put(Address server, Sighting sighting) {
        Sighting before = servers.put(server, sighting);
        boolean replaced = before != null && !before.capabilities().equals(sighting.capabilities());
        return replaced ? survey() : narrow(sighting.capabilities());
    }

    /** One more server, or one that is as it was. */
    private boolean narrow(Capabilities offered) {
        Optional<Capabilities> before = common;
        common = Optional.of(before.map(offered::and).orElse(offered));
        return !common.equals(before);
    }

    private boolean survey() {
        Optional<Capabilities> before = common;
        common = Optional.empty();
        servers.values().forEach(sighting -> narrow(sighting.capabilities()));
        others.ifPresent(sighting -> narrow(sighting.capabilities()));
        return !common.equals(before);
    }

    /** Forgets servers that have not greeted for an hour. */
    void forget(long now) {
        boolean forgotten = servers.values().removeIf(sighting -> sighting.isOver(now));
        if (others.filter(sighting -> sighting.isOver(now)).isPresent()) {
            others = Optional.empty();
            forgotten = true;
        }
        if (forgotten) {
            survey();
        }
    }

    /** Whether one of them has greeted within the hour. */
    boolean hasSeen(long now) {
        return servers.values().stream().anyMatch(sighting -> !sighting.isOver(now))
                || others.filter(sighting -> !sighting.isOver(now)).isPresent();
    }

    boolean isEmpty() {
        return common.isEmpty();
    }

    /** What all of them offer; empty if none is known. */
    Optional<Capabilities> common() {
        return common;
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
