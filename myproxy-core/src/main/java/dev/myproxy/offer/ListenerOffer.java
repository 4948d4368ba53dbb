package dev.myproxy.offer;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.Capabilities;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What one listener offers, and what it goes by. Only {@link #current} may be used without the lock of {@link Offers}. */
final class ListenerOffer {

    private final KnownServers servers = new KnownServers(Offers.MAX_OWN_SERVERS);
    /** Groups of servers that health checks know, and when a client was connected to one of them. */
    private final Map<Object, Long> groups = new HashMap<>();
    private volatile Offer offer;

    ListenerOffer(Offer offer) {
        this.offer = offer;
    }

    Offer current() {
        return offer;
    }

    /**
     * A server has greeted the session of one of the listener's clients.
     *
     * @return whether that changes what the servers offer
     */
    boolean greeted(Address server, Capabilities offered, long now) {
        return servers.greeted(server, offered, now);
    }

    /**
     * A client was connected to a server of a group.
     *
     * @return whether that changes what is known
     */
    boolean entered(Object group, long now) {
        return groups.put(group, now) == null;
    }

    /** As {@link KnownServers#update}. */
    boolean update(Address server, Capabilities offered) {
        return servers.update(server, offered);
    }

    /**
     * Makes the offer anew.
     *
     * @param checked what is known of the groups
     * @param general what is offered where there is nothing to go by
     */
    void renew(Map<Object, KnownServers> checked, Offer general, long now) {
        forget(now);
        groups.keySet().retainAll(checked.keySet());
        Optional<Capabilities> common = Stream
                .concat(Stream.of(servers), groups.keySet().stream().map(checked::get))
                .flatMap(known -> known.common().stream()).reduce(Capabilities::and);
        offer = new Offer(common.map(Offer::where).orElse(general.capabilities()), until(general, now));
    }

    /** Forgets what is over, unless nothing would be left: what was true last is more likely than anything else. */
    private void forget(long now) {
        if (servers.hasSeen(now)) {
            servers.forget(now);
            groups.values().removeIf(entered -> now - entered >= KnownServers.KEPT_NANOS);
        }
    }

    private long until(Offer general, long now) {
        long left = general.until() - now;
        for (long entered : groups.values()) {
            left = Math.min(left, entered + KnownServers.KEPT_NANOS - now);
        }
        left = Math.min(left, servers.until(now) - now);
        return now + (left > 0 ? left : KnownServers.KEPT_NANOS);
    }
}
