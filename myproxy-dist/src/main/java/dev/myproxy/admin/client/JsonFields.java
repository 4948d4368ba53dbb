package dev.myproxy.admin.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a JSON object; those that are missing, null or of another type are as if they weren't there. */
final class JsonFields {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<String, Object> values;

    private JsonFields(Map<String, Object> values) {
        this.values = values;
    }

    /** Reads a document. */
    static JsonFields parse(byte[] document) throws AdminException {
        try (JsonParser json = FACTORY.createParser(document)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                return object(json);
            }
        } catch (IOException _) {
            // said below: the text may hold anything
        }
        throw AdminException.strange("What the daemon answers is no JSON document");
    }

    private static JsonFields object(JsonParser json) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            value(json).ifPresent(value -> values.put(name, value));
        }
        return new JsonFields(values);
    }

    private static Optional<Object> value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> Optional.of(object(json));
            case START_ARRAY -> Optional.of(list(json));
            case VALUE_STRING -> Optional.of(json.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Optional.of(json.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> Optional.of(json.getBooleanValue());
            default -> Optional.empty();
        };
    }

    private static List<Object> list(JsonParser json) throws IOException {
        List<Object> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            value(json).ifPresent(values::add);
        }
        return values;
    }

    Optional<String> text(String name) {
        return get(name, String.class);
    }

    Optional<Double> number(String name) {
        return get(name, Double.class);
    }

    boolean flag(String name) {
        return get(name, Boolean.class).orElse(false);
    }

    JsonFields object(String name) {
        return get(name, JsonFields.class).orElseGet(() -> new JsonFields(Map.of()));
    }

    List<JsonFields> objects(String name) {
        return get(name, List.class).<List<?>>map(list -> list).orElse(List.of()).stream()
                .filter(JsonFields.class::isInstance).map(JsonFields.class::cast).toList();
    }

    private <T> Optional<T> get(String name, Class<T> type) {
        return Optional.ofNullable(values.get(name)).filter(type::isInstance).map(type::cast);
    }
}
