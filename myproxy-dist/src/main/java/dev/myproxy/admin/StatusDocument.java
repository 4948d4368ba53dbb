package dev.myproxy.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.myproxy.session.AdmissionSnapshot;
import dev.myproxy.session.DrainProgress;
import dev.myproxy.session.SessionSnapshot;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Writes the daemon as a whole, and its listeners. */
final class StatusDocument {

    private final AdminSource source;
    private final Clock clock;

    StatusDocument(AdminSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** The daemon. */
    Buffer status(List<SessionSnapshot> sessions) {
        DaemonRow daemon = source.daemon();
        Instant now = clock.instant();
        return Document.write(json -> {
            json.writeStringField("version", daemon.version());
            json.writeStringField("java", Runtime.version().toString());
            json.writeNumberField("pid", daemon.pid());
            json.writeStringField("started", daemon.started().toString());
            Document.seconds(json, "uptime_seconds", Optional.of(Duration.between(daemon.started(), now)));
            json.writeStringField("state", source.state().label());
            json.writeBooleanField("ready", source.state() == DaemonState.READY);
            drain(json);
            json.writeStringField("configuration", daemon.configuration());
            json.writeNumberField("sessions", sessions.size());
            limits(json, source.admissions());
            json.writeObjectFieldStart("script");
            script(json, source.script());
            json.writeEndObject();
            listeners(json, sessions);
        });
    }

    private void drain(JsonGenerator json) throws IOException {
        Optional<DrainProgress> drain = source.drain();
        if (drain.isEmpty()) {
            json.writeNullField("drain");
            return;
        }
        json.writeObjectFieldStart("drain");
        json.writeNumberField("sessions", drain.get().sessions());
        json.writeNumberField("transactions", drain.get().transactions());
        Document.seconds(json, "left_seconds", drain.map(DrainProgress::left));
        json.writeEndObject();
    }

    private static void limits(JsonGenerator json, AdmissionSnapshot admissions) throws IOException {
        json.writeObjectFieldStart("limits");
        limit(json, "connections", admissions.limits().connections());
        limit(json, "per_account", admissions.limits().perAccount());
        limit(json, "logins", admissions.limits().logins());
        json.writeEndObject();
        json.writeNumberField("logins", admissions.logins());
        json.writeNumberField("accounts", admissions.accounts());
        json.writeNumberField("refused", admissions.refused());
    }

    private static void limit(JsonGenerator json, String name, OptionalInt limit) throws IOException {
        if (limit.isPresent()) {
            json.writeNumberField(name, limit.getAsInt());
        } else {
            json.writeNullField(name);
        }
    }

    private static void script(JsonGenerator json, ScriptRow script) throws IOException {
        json.writeStringField("engine", script.engine());
        json.writeNumberField("errors", script.errors());
        json.writeNumberField("waiting", script.waiting());
    }

    /** The listeners. */
    Buffer listeners(List<SessionSnapshot> sessions) {
        return Document.write(json -> listeners(json, sessions));
    }

    private void listeners(JsonGenerator json, List<SessionSnapshot> sessions) throws IOException {
        Map<String, Long> counts = sessions.stream()
                .collect(Collectors.groupingBy(session -> session.listener().toString(), Collectors.counting()));
        List<ListenerRow> listeners = source.listeners();
        json.writeArrayFieldStart("listeners");
        for (ListenerRow listener : listeners) {
            json.writeStartObject();
            json.writeStringField("address", listener.address());
            json.writeStringField("kind", listener.kind());
            json.writeBooleanField("accepting", listener.accepting());
            json.writeFieldName("accepted");
            if (listener.accepted().isPresent()) {
                json.writeNumber(listener.accepted().getAsLong());
            } else {
                json.writeNull();
            }
            json.writeNumberField("sessions", counts.getOrDefault(listener.address(), 0L));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
