package dev.myproxy.it;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A JSON value for tests to look at. What is asked for must be there. */
sealed interface JsonTree {

    /** An object. */
    record Members(Map<String, JsonTree> all) implements JsonTree {}

    /** An array. */
    record Elements(List<JsonTree> all) implements JsonTree {}

    /** Anything else, as text. */
    record Scalar(String text) implements JsonTree {}

    static JsonTree read(Path file) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            json.nextToken();
            return value(json);
        }
    }

    private static JsonTree value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                Map<String, JsonTree> members = new LinkedHashMap<>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String name = json.currentName();
                    json.nextToken();
                    members.put(name, value(json));
                }
                yield new Members(members);
            }
            case START_ARRAY -> {
                List<JsonTree> elements = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(json));
                }
                yield new Elements(elements);
            }
            default -> new Scalar(json.getText());
        };
    }

    /** A member of an object. */
    default JsonTree at(String name) {
        return switch (this) {
            case Members(Map<String, JsonTree> all) -> Optional.ofNullable(all.get(name))
                    .orElseThrow(() -> new NoSuchElementException(name + " in " + all.keySet()));
            case Elements _,Scalar _ -> throw new NoSuchElementException(name + " in " + this);
        };
    }

    /** The elements of an array that is a member of an object. */
    default List<JsonTree> each(String name) {
        return at(name) instanceof Elements(List<JsonTree> all) ? all : List.of();
    }

    default String text(String name) {
        return at(name) instanceof Scalar(String text) ? text : "";
    }

    default int number(String name) {
        return Integer.parseInt(text(name));
    }
}
