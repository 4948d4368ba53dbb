package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Quoting;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.tls.PeerTls;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The log lines of one session, each beginning with its name in brackets. Strings of peers are quoted, so that a peer
 * can't forge a line.
 *
 * <p>What a line tells stands in its key-value pairs, too, for logs that have fields: of every line {@code event},
 * {@code session}, {@code account} if there is one, {@code client} and {@code listener}.
 */
final class SessionLog {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Logger log;
    private final ScriptClient client;
    private @Nullable FailureLimit handlers;
    private @Nullable FailureLimit kills;

    SessionLog(ScriptClient client) {
        this(client, LOG);
    }

    SessionLog(ScriptClient client, Logger log) {
        this.client = client;
        this.log = log;
    }

    void login(ByteString user, Optional<ByteString> database) {
        LoggingEventBuilder line = line(log.atInfo(), "login").addKeyValue("user", user);
        if (database.isPresent()) {
            line = line.addKeyValue("database", database.get());
        }
        line.log("[{}] login user={} database={}", client.name(), user, database.orElse(ByteString.EMPTY));
    }

    void encrypted(PeerTls tls) {
        ByteString subject = tls.certificate().map(shown -> ByteString.of(shown.subject())).orElse(ByteString.EMPTY);
        line(log.atInfo(), "tls").addKeyValue("tls_version", tls.version()).addKeyValue("tls_cipher", tls.cipher())
                .addKeyValue("tls_certificate", subject)
                .log("[{}] tls version={} cipher={} certificate={}", client.name(), tls.version(), tls.cipher(),
                        subject);
    }

    void connecting(Address server) {
        line(log.atInfo(), "connecting").addKeyValue("server", server).log("[{}] connecting to {}", client.name(),
                server);
    }

    void staying(Address server) {
        line(log.atInfo(), "changing_user").addKeyValue("server", server).log("[{}] changing user at {}",
                client.name(), server);
    }

    void greeted(ByteString serverVersion) {
        line(log.atInfo(), "handshake").addKeyValue("server_version", serverVersion)
                .log("[{}] handshake server_version={}", client.name(), serverVersion);
    }

    /** Something went wrong; the text is squeezed into one line. */
    void failure(String message) {
        line(log.atWarn(), "failure").log("[{}] {}", client.name(), Quoting.oneLine(message));
    }

    /** A defect of ours. */
    void defect(Throwable failure) {
        line(log.atError(), "defect").setCause(failure).log("[{}] Unexpected failure", client.name());
    }

    /** The session can't go on, though nobody has made a mistake. */
    void withoutMemory(Throwable failure) {
        failure("No memory is left for this session: " + failure.getMessage());
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

    /** The last line of a session. A balancer that looks again and again is no news. */
    void end(SessionReport report) {
        Level level = report.cause() == DisconnectCause.PROXY_CHECK ? Level.DEBUG : Level.INFO;
        with(line(log.atLevel(level), "end"), report.results()).log("[{}] {}", client.name(), report);
    }

    private LoggingEventBuilder line(LoggingEventBuilder empty, String event) {
        return with(empty.addKeyValue("event", event), client.facts());
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, Map<String, Object> fields) {
        LoggingEventBuilder filled = line;
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            filled = filled.addKeyValue(field.getKey(), field.getValue());
        }
        return filled;
    }

    /** Milliseconds as the last line shows them. */
    static String millis(double value) {
        long tenths = Math.round(10 * value);
        return tenths / 10 + "." + tenths % 10;
    }
}
