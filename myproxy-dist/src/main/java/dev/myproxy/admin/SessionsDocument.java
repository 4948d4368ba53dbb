package dev.myproxy.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.session.SessionSnapshot;
import dev.myproxy.tls.Encryption;
import dev.myproxy.tls.PeerTls;
import dev.myproxy.tls.PeerTls.PeerCertificate;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes sessions. Pure. */
final class SessionsDocument {

    private static final Comparator<SessionSnapshot> OLDEST_FIRST = Comparator.comparing(SessionSnapshot::age)
            .reversed().thenComparingLong(SessionSnapshot::id);

    private SessionsDocument() {}

    /** The sessions that a filter lets pass, the oldest first. */
    static Buffer of(List<SessionSnapshot> all, SessionFilter filter) {
        List<SessionSnapshot> matching = all.stream().filter(filter::matches).sorted(OLDEST_FIRST).toList();
        List<SessionSnapshot> shown = matching.subList(0, Math.min(filter.limit(), matching.size()));
        return Document.write(json -> {
            json.writeNumberField("total", all.size());
            json.writeNumberField("matching", matching.size());
            json.writeArrayFieldStart("sessions");
            for (SessionSnapshot session : shown) {
                json.writeStartObject();
                write(json, session);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, SessionSnapshot session) throws IOException {
        json.writeNumberField("id", session.id());
        json.writeStringField("account", session.account().map(ByteString::utf8).orElse(null));
        json.writeStringField("client", client(session));
        tls(json, session.tls());
        json.writeStringField("listener", session.listener().toString());
        Document.text(json, "proxy", session.proxy());
        Document.text(json, "server", session.server());
        serverTls(json, session.serverTls());
        json.writeBooleanField("read_only", session.readOnly());
        json.writeStringField("phase", session.phase().label());
        Document.seconds(json, "phase_seconds", Optional.of(session.inPhase()));
        Document.seconds(json, "age_seconds", Optional.of(session.age()));
        json.writeNumberField("received_bytes", session.receivedBytes());
        json.writeNumberField("sent_bytes", session.sentBytes());
        json.writeNumberField("queries", session.queries());
    }

    private static void tls(JsonGenerator json, Optional<PeerTls> tls) throws IOException {
        if (tls.isEmpty()) {
            json.writeNullField("tls");
            return;
        }
        json.writeObjectFieldStart("tls");
        json.writeStringField("version", tls.get().version());
        json.writeStringField("cipher", tls.get().cipher());
        Document.text(json, "server_name", tls.get().serverName());
        Document.text(json, "subject", tls.get().certificate().map(PeerCertificate::subject));
        Document.text(json, "fingerprint", tls.get().certificate().map(PeerCertificate::fingerprint));
        json.writeEndObject();
    }

    private static void serverTls(JsonGenerator json, Optional<Encryption> tls) throws IOException {
        if (tls.isEmpty()) {
            json.writeNullField("server_tls");
            return;
        }
        json.writeObjectFieldStart("server_tls");
        json.writeStringField("version", tls.get().version());
        json.writeStringField("cipher", tls.get().cipher());
        json.writeEndObject();
    }

    /** The client's process or address: what its name in the log begins with. */
    static String client(SessionSnapshot session) {
        String end = session.account().map(account -> " " + account).orElse("");
        return session.name().endsWith(end)
                ? session.name().substring(0, session.name().length() - end.length())
                : session.name();
    }
}
