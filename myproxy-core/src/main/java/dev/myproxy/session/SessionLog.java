package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Quoting;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log lines of one session, each beginning with its name in brackets. Strings of peers are quoted, so that a peer
 * can't forge a line.
 */
final class SessionLog {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final ScriptClient client;
    private @Nullable FailureLimit handlers;
    private @Nullable FailureLimit kills;

    SessionLog(ScriptClient client) {
        this.client = client;
    }

    void login(ByteString user, Optional<ByteString> database) {
        LOG.info("[{}] login user={} database={}", client.name(), user, database.orElse(ByteString.EMPTY));
    }

    void connecting(Address server) {
        LOG.info("[{}] connecting to {}", client.name(), server);
    }

    void staying(Address server) {
        LOG.info("[{}] changing user at {}", client.name(), server);
    }

    void greeted(ByteString serverVersion) {
        LOG.info("[{}] handshake server_version={}", client.name(), serverVersion);
    }

    /** Something went wrong; the text is squeezed into one line. */
    void failure(String message) {
        LOG.warn("[{}] {}", client.name(), Quoting.oneLine(message));
    }

    /** A handler failed, and the session goes on. */
    void handlerFailure(Decision decision) {
        FailureLimit limit = handlers == null ? new FailureLimit() : handlers;
        handlers = limit;
        limit.line(ScriptFailure.message(decision), System.nanoTime()).ifPresent(this::failure);
    }

    /** A session could not be ended, and the one that wanted it goes on. */
    void killFailure(String message) {
        FailureLimit limit = kills == null ? new FailureLimit() : kills;
        kills = limit;
        limit.line(message, System.nanoTime()).ifPresent(this::failure);
    }

    /** The last line of a session. */
    void end(SessionReport report) {
        LOG.info("[{}] {}", client.name(), report);
    }

    /** Milliseconds as the last line shows them. */
    static String millis(double value) {
        long tenths = Math.round(10 * value);
        return tenths / 10 + "." + tenths % 10;
    }
}
