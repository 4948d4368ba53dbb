package dev.myproxy.session;

import dev.myproxy.protocol.ByteString;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many sessions each account has. Holds nothing of accounts without sessions, so it is bounded by the number of sessions.
 * Safe to use from every thread; what concerns one session comes from one thread.
 */
final class AccountSeats {

    private final Map<ByteString, Integer> counts = new ConcurrentHashMap<>();
    /** By connection id. */
    private final Map<Long, ByteString> seats = new ConcurrentHashMap<>();

    /**
     * Counts a session for an account from now on, and not any more for the one that it had before, unless that is the same one.
     *
     * @param most how many sessions the account may have; if it has as many, nothing changes
     * @return whether it is counted
     */
    boolean take(long session, ByteString account, int most) {
        ByteString current = seats.get(session);
        if (current != null && current.equals(account)) {
            return true;
        }
        boolean[] fits = {false};
        counts.compute(account, (_, count) -> {
            int before = count == null ? 0 : count;
            fits[0] = before < most;
            return fits[0] ? Integer.valueOf(before + 1) : count;
        });
        if (fits[0]) {
            leave(session);
            seats.put(session, account);
        }
        return fits[0];
    }

    /** A session is over, if it was counted. */
    void leave(long session) {
        ByteString account = seats.remove(session);
        if (account != null) {
            counts.computeIfPresent(account, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /** How many sessions an account has. */
    int count(ByteString account) {
        return counts.getOrDefault(account, 0);
    }

    /** How many accounts have sessions. */
    int accounts() {
        return counts.size();
    }
}
