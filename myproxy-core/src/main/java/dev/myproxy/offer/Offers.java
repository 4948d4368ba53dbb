package dev.myproxy.offer;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.Capabilities;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What the greetings of each listener offer: what the servers have that its clients were connected to lately. If such a
 * server belongs to a group that health checks watch, the others of the group count, too, since they may take its place at
 * any time. While a listener has had no servers, all count that have greeted anybody if some are watched; else it offers the
 * base, since the servers of other listeners tell nothing about its own.
 *
 * <p>Safe to use from every thread; asking waits for nobody as a rule.
 */
public final class Offers {

    /** So many servers are known by name in all, and of each listener and group. */
    private static final int MAX_SERVERS = 10_000;
    static final int MAX_OWN_SERVERS = 1_000;

    private final LongSupplier nanoTime;
    private final KnownServers all = new KnownServers(MAX_SERVERS);
    private final Map<Object, KnownServers> checked = new HashMap<>();
    private final Map<Address, ListenerOffer> listeners = new ConcurrentHashMap<>();
    private volatile Offer general;

    public Offers() {
        this(System::nanoTime);
    }

    Offers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.general = general(nanoTime.getAsLong());
    }

    /** What a greeting of a listener offers now. */
    public Capabilities of(Address listener) {
        ListenerOffer own = listeners.get(listener);
        Offer offer = own == null ? general : own.current();
        return nanoTime.getAsLong() - offer.until() < 0 ? offer.capabilities() : renewed(listener);
    }

    private synchronized Capabilities renewed(Address listener) {
        renew(nanoTime.getAsLong());
        ListenerOffer own = listeners.get(listener);
        return (own == null ? general : own.current()).capabilities();
    }

    /**
     * A server has greeted a health check.
     *
     * @param group the servers that are watched together
     */
    public synchronized void checked(Object group, Address server, Capabilities offered) {
        long now = nanoTime.getAsLong();
        boolean changed = learn(server, offered, now);
        changed |= checked.computeIfAbsent(group, _ -> new KnownServers(MAX_OWN_SERVERS)).greeted(server, offered, now);
        if (changed) {
            renew(now);
        }
    }

    /**
     * A server has greeted the session of a client.
     *
     * @param listener the client's
     * @param group    where the server was chosen from; counts if its servers are watched
     */
    public synchronized void greeted(Address listener, Object group, Address server, Capabilities offered) {
        long now = nanoTime.getAsLong();
        boolean changed = learn(server, offered, now);
        ListenerOffer own = listeners.computeIfAbsent(listener, _ -> new ListenerOffer(general));
        changed |= own.greeted(server, offered, now);
        if (checked.containsKey(group)) {
            changed |= own.entered(group, now);
        }
        if (changed) {
            renew(now);
        }
    }

    private boolean learn(Address server, Capabilities offered, long now) {
        boolean news = all.isNews(server, offered);
        boolean changed = all.greeted(server, offered, now);
        if (!news) {
            return changed;
        }
        for (ListenerOffer own : listeners.values()) {
            changed |= own.update(server, offered);
        }
        for (KnownServers group : checked.values()) {
            changed |= group.update(server, offered);
        }
        return changed;
    }

    private void renew(long now) {
        checked.values().removeIf(group -> {
            group.forget(now);
            return group.isEmpty();
        });
        Offer fallback = general(now);
        general = fallback;
        listeners.values().forEach(own -> own.renew(checked, fallback, now));
    }

    private Offer general(long now) {
        all.forget(now);
        Capabilities offered = checked.isEmpty() ? Offer.BASE : all.common().map(Offer::where).orElse(Offer.BASE);
        return new Offer(offered, all.until(now));
    }
}
