package dev.myproxy.session.kill;

import dev.myproxy.address.Address;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * At which servers the sessions of each owner are. There is an entry per owner and server with sessions, so there are never
 * more than sessions. Thread-safe.
 */
public final class Residences {

    private final Map<Owner, Map<Address, Integer>> sessions = new ConcurrentHashMap<>();

    /**
     * A session of an owner has come to a server.
     *
     * @return whether the owner has sessions at other servers
     */
    public boolean enter(Owner owner, Address server) {
        return sessions.merge(owner, Map.of(server, 1), (before, _) -> changed(before, server, 1)).size() > 1;
    }

    /** A session that has entered is gone. */
    public void leave(Owner owner, Address server) {
        sessions.computeIfPresent(owner, (_, before) -> {
            Map<Address, Integer> after = changed(before, server, -1);
            return after.isEmpty() ? null : after;
        });
    }

    private static Map<Address, Integer> changed(Map<Address, Integer> before, Address server, int by) {
        Map<Address, Integer> after = new HashMap<>(before);
        int count = after.getOrDefault(server, 0) + by;
        if (count > 0) {
            after.put(server, count);
        } else {
            after.remove(server);
        }
        return Map.copyOf(after);
    }

    /** How many owners there are. */
    public int owners() {
        return sessions.size();
    }
}
