package dev.myproxy.session;

import java.util.Optional;

/** What a session has carried, in all of its command phases: COM_CHANGE_USER begins a new one. */
final class Traffic {

    private Optional<CommandPhase> current = Optional.empty();
    private long queries;
    private long receivedBytes;
    private long sentBytes;

    void begin(CommandPhase phase) {
        queries = queries();
        receivedBytes = receivedBytes();
        sentBytes = sentBytes();
        current = Optional.of(phase);
    }

    /** Counts what is not counted yet. */
    void count() {
        current.ifPresent(CommandPhase::count);
    }

    long queries() {
        return queries + current.map(CommandPhase::queries).orElse(0L);
    }

    long receivedBytes() {
        return receivedBytes + current.map(CommandPhase::receivedBytes).orElse(0L);
    }

    long sentBytes() {
        return sentBytes + current.map(CommandPhase::sentBytes).orElse(0L);
    }
}
