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
        private boolean once;

        private Entry(PgListener listener) {
            this.listener = listener;
        }
    }

    private final Map<ByteString, Entry> entries = new LinkedHashMap<>();
    private final PgMeters meters;

    Subscriptions(PgMeters meters) {
        this.meters = meters;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Adds a listener; gives the statement that the server needs. */
    String add(ByteString channel, PgListener listener) {
        entries.put(channel, new Entry(listener));
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
            }
        });
    }

    private static void listening(Entry entry) {
        if (entry.once) {
            entry.listener.missed();
        }
        entry.once = true;
    }

    void notified(ByteString channel, ByteString payload) {
        Entry entry = entries.get(channel);
        if (entry != null) {
            meters.notified();
            entry.listener.notified(payload);
        }
    }
}
