package dev.myproxy.pg;

import dev.myproxy.protocol.ByteString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who wants which notifications. For one event loop. */
final class Subscriptions {

    private static final class Entry {
        private final PgListener listener;
        /** Whether notifications may have been missed by the time the server notifies. */
        private boolean gap;

        private Entry(PgListener listener, boolean gap) {
            this.listener = listener;
            this.gap = gap;
        }
    }

    private final Map<ByteString, Entry> entries = new LinkedHashMap<>();
    private final PgMeters meters;
    private final boolean apart;

    /**
     * @param apart whether statements run on other connections, perhaps before the server notifies
     */
    Subscriptions(PgMeters meters, boolean apart) {
        this.meters = meters;
        this.apart = apart;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Adds a listener; gives the statement that the server needs. */
    String add(ByteString channel, PgListener listener) {
        entries.put(channel, new Entry(listener, apart));
        return statement(channel);
    }

    private static String statement(ByteString channel) {
        return "LISTEN " + PgText.identifier(channel.utf8());
    }

    /** What a new connection needs. */
    List<String> statements() {
        return entries.keySet().stream().map(Subscriptions::statement).toList();
    }

    /** The server executed or refused one of the statements. */
    void executed(String sql, Optional<PgFailure> failure) {
        entries.forEach((channel, entry) -> {
            if (statement(channel).equals(sql)) {
                failure.ifPresentOrElse(entry.listener::refused, () -> listening(entry));
                entry.gap = true;
            }
        });
    }

    private static void listening(Entry entry) {
        if (entry.gap) {
            entry.listener.missed();
        }
    }

    /** There was no connection, for some time at least. */
    void down() {
        entries.values().forEach(entry -> entry.gap = true);
    }

    void notified(ByteString channel, ByteString payload) {
        Entry entry = entries.get(channel);
        if (entry != null) {
            meters.notified();
            entry.listener.notified(payload);
        }
    }
}
