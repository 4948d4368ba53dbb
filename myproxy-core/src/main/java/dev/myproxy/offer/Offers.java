package dev.myproxy.offer;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.Capabilities;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What the greetings of each listener offer: what the servers have that its clients were connected to within the hour, or,
 * while there are none, all servers that have greeted anybody within the hour, health checks included. Safe to use from
 * every thread; asking waits for nobody as a rule.
 */
public final class Offers {

    private final LongSupplier nanoTime;
    private final KnownServers all = new KnownServers();
    private final Map<Address, ListenerOffer> listeners = new ConcurrentHashMap<>();
    private volatile Offer general;

    public Offers() {
        this(System::nanoTime);
    }

    Offers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.general = make(all, Offer.BASE, nanoTime.getAsLong());
    }

    /** What a greeting of a listener offers now. */
    public Capabilities of(Address listener) {
        ListenerOffer own = listeners.get(listener);
        Offer offer = own == null ? general : own.offer;
        return isOver(offer) ? renewed(listener) : offer.capabilities();
    }

    private boolean isOver(Offer offer) {
        return nanoTime.getAsLong() - offer.until() >= 0;
    }

    private synchronized Capabilities renewed(Address listener) {
        renew(nanoTime.getAsLong());
        ListenerOffer own = listeners.get(listener);
        return (own == null ? general : own.offer).capabilities();
    }

    /** A server has greeted somebody who is no client's session, such as a health check. */
    public synchronized void greeted(Address server, Capabilities offered) {
        long now = nanoTime.getAsLong();
        if (learn(server, offered, now)) {
            renew(now);
        }
    }

    /** A server has greeted the session of a listener's client. */
    public synchronized void greeted(Address server, Capabilities offered, Address listener) {
        long now = nanoTime.getAsLong();
        boolean changed = listeners.computeIfAbsent(listener, _ -> new ListenerOffer(general)).servers
                .greeted(server, offered, now);
        if (learn(server, offered, now) || changed) {
            renew(now);
        }
    }

    private boolean learn(Address server, Capabilities offered, long now) {
        boolean changed = all.greeted(server, offered, now);
        for (ListenerOffer own : listeners.values()) {
            changed |= own.servers.update(server, offered);
        }
        return changed;
    }

    private void renew(long now) {
        general = make(all, Offer.BASE, now);
        listeners.values().forEach(own -> own.offer = make(own.servers, general.capabilities(), now));
        listeners.values().removeIf(own -> own.servers.isEmpty());
    }

    private static Offer make(KnownServers servers, Capabilities otherwise, long now) {
        servers.forget(now);
        return new Offer(servers.common().map(Offer::where).orElse(otherwise), servers.until(now));
    }

    private static final class ListenerOffer {
        final KnownServers servers = new KnownServers();
        volatile Offer offer;

        ListenerOffer(Offer offer) {
            this.offer = offer;
        }
    }
}
