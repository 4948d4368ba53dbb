package dev.myproxy.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.myproxy.cluster.NodeStatus;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes clusters and their nodes. Pure. */
final class NodesDocument {

    private NodesDocument() {}

    /** A cluster as it is now. */
    record Group(String name, List<NodeStatus> nodes) {}

    static Buffer of(List<Group> clusters) {
        return Document.write(json -> {
            json.writeArrayFieldStart("clusters");
            for (Group cluster : clusters) {
                json.writeStartObject();
                json.writeStringField("name", cluster.name());
                json.writeArrayFieldStart("nodes");
                for (NodeStatus node : cluster.nodes()) {
                    json.writeStartObject();
                    write(json, node);
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, NodeStatus node) throws IOException {
        json.writeStringField("address", node.address().toString());
        json.writeStringField("state", node.state().label());
        json.writeBooleanField("suspect", node.suspect());
        json.writeStringField("reason", node.reason());
        Document.text(json, "since", Optional.of(node.since()).filter(since -> since.isAfter(Instant.EPOCH)));
        Document.seconds(json, "check_seconds", node.checkTook());
        Document.seconds(json, "lag_seconds", node.lag());
        json.writeNumberField("weight", node.weight());
    }
}
