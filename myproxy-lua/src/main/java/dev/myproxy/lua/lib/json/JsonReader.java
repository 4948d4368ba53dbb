package dev.myproxy.lua.lib.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads one JSON text (RFC 8259) as Lua values. Of members with the same name the last counts. */
final class JsonReader {

    /** Arrays and objects in each other. */
    static final int MAX_DEPTH = JsonWriter.MAX_DEPTH;

    private static final int MAX_DIGITS = 1000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder().maxNumberLength(MAX_DIGITS)
                    .maxNestingDepth(MAX_DEPTH + 1).maxStringLength(Integer.MAX_VALUE).maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** What Jackson adds for Java programmers. */
    private static final Pattern ADVICE = Pattern.compile("( \\((start marker|for)|: (enable|maybe)) .*");

    private static final String AFTER_END = "unexpected text after the end";
    private static final String END = "unexpected end";

    /** Not by hash: names of a stranger's text could be made to collide. */
    private static final Comparator<LuaValue> BY_NAME = Comparator.comparing(key -> ((LuaValue.Str) key).bytes());

    private final JsonParser in;
    private final LuaValue nullValue;
    private final Function<List<LuaValue>, LuaValue> array;
    private int depth;
    private boolean complete;

    private JsonReader(JsonParser in, LuaValue nullValue, Function<List<LuaValue>, LuaValue> array) {
        this.in = in;
        this.nullValue = nullValue;
        this.array = array;
    }

    /**
     * Reads a text.
     *
     * @param nullValue what nulls become; nil makes members vanish, and holes in arrays
     * @param array     makes the value of an array
     */
    static LuaValue read(ByteString text, LuaValue nullValue, Function<List<LuaValue>, LuaValue> array)
            throws JsonException {
        if (text.length() > BoundedBytes.MAX) {
            throw new JsonException(1, 1, "the text is longer than " + BoundedBytes.MAX + " bytes");
        }
        try (JsonParser in = FACTORY.createParser(decode(text))) {
            return new JsonReader(in, nullValue, array).document();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String decode(ByteString bytes) throws JsonException {
        try {
            String text = Utf8.decode(bytes);
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (Utf8.Invalid e) {
            String before = e.before();
            int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
            throw new JsonException(line, before.length() - before.lastIndexOf('\n'), "invalid UTF-8");
        }
    }

    private LuaValue document() throws IOException, JsonException {
        try {
            LuaValue value = value(in.nextToken());
            complete = true;
            if (in.nextToken() != null) {
                throw error(in.currentTokenLocation(), AFTER_END);
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw error(in.currentLocation(), "a number with more than " + MAX_DIGITS + " digits");
        } catch (JsonProcessingException e) {
            throw error(e.getLocation(), reason(e));
        }
    }

    private LuaValue value(JsonToken token) throws IOException, JsonException {
        return switch (token) {
            case null -> throw error(in.currentLocation(), END);
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> string(in.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> LuaValue.of(true);
            case VALUE_FALSE -> LuaValue.of(false);
            case VALUE_NULL -> nullValue;
            default -> throw new IllegalStateException("unexpected " + token);
        };
    }

    private LuaValue object() throws IOException, JsonException {
        enter();
        SortedMap<LuaValue, LuaValue> members = new TreeMap<>(BY_NAME);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            LuaValue name = string(in.currentName());
            members.put(name, value(in.nextToken()));
        }
        depth--;
        return new LuaValue.Fresh(members);
    }

    private LuaValue array() throws IOException, JsonException {
        enter();
        List<LuaValue> values = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            values.add(value(token));
        }
        depth--;
        return array.apply(values);
    }

    private void enter() throws JsonException {
        if (++depth > MAX_DEPTH) {
            throw error(in.currentTokenLocation(), "nested more than " + MAX_DEPTH + " deep");
        }
    }

    private LuaValue string(String text) throws JsonException {
        if (Utf8.hasLoneSurrogate(text)) {
            throw error(in.currentTokenLocation(), "a surrogate without its other half in a string");
        }
        return LuaValue.of(text);
    }

    private LuaValue number() throws IOException, JsonException {
        double number = in.getDoubleValue();
        if (Double.isInfinite(number)) {
            throw error(in.currentTokenLocation(), "a number that is too large");
        }
        return LuaValue.of(number);
    }

    private String reason(JsonProcessingException e) {
        String reason = e.getOriginalMessage();
        if (complete) {
            return AFTER_END;
        }
        if (in.getParsingContext().inRoot()) {
            // Jackson takes what is around the text for an object.
            reason = reason.replace(": expected '}'", "");
        }
        return reason.startsWith("Unexpected end-of-input") ? END : ADVICE.matcher(reason).replaceFirst("");
    }

    private static JsonException error(JsonLocation where, String reason) {
        return new JsonException(where.getLineNr(), where.getColumnNr(), reason);
    }
}
