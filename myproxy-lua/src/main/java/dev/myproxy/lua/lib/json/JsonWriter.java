package dev.myproxy.lua.lib.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/** Writes one Lua value as JSON: without blanks, members sorted by the bytes of their names. */
final class JsonWriter {

    /** Tables in tables. */
    static final int MAX_DEPTH = 128;

    /** More nulls than this are too long. */
    private static final int MAX_LENGTH = BoundedBytes.MAX / "null,".length();

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

    private final BoundedBytes bytes = new BoundedBytes();
    private final Function<String, LuaError> error;
    private final JsonGenerator out;
    private final Place place = new Place();
    private final List<LuaTable> open = new ArrayList<>();

    private JsonWriter(Function<String, LuaError> error) throws IOException {
        this.error = error;
        this.out = FACTORY.createGenerator(bytes);
    }

    /**
     * Writes a value.
     *
     * @param error makes the error that is thrown for a value that JSON has no form for
     */
    static ByteString write(LuaValue value, Function<String, LuaError> error) {
        return write(error, writer -> writer.value(value));
    }

    /** Writes an object. */
    static ByteString write(SortedMap<ByteString, LuaValue> members, Function<String, LuaError> error) {
        return write(error, writer -> writer.members(members));
    }

    /** Writes something. */
    @FunctionalInterface
    private interface Content {
        void writeTo(JsonWriter writer) throws IOException;
    }

    // Closing is not for the case of an error: it would write what is missing.
    private static ByteString write(Function<String, LuaError> error, Content content) {
        try {
            JsonWriter writer = new JsonWriter(error);
            content.writeTo(writer);
            writer.out.close();
            return ByteString.copyOf(writer.bytes.toByteArray());
        } catch (BoundedBytes.Full e) {
            throw error.apply(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void value(LuaValue value) throws IOException {
        switch (value) {
            case LuaValue.Nil _ -> out.writeNull();
            case LuaValue.Bool(boolean truth) -> out.writeBoolean(truth);
            case LuaValue.Num(double number) when Double.isFinite(number) ->
                out.writeNumber(JsonNumbers.format(number));
            case LuaValue.Num(double number) -> throw impossible(LuaNumbers.format(number));
            case LuaValue.Str(ByteString string) -> out.writeString(text(string));
            case LuaTable table -> table(table);
            case JsonNull _ -> out.writeNull();
            default -> throw impossible("a " + value.typeName());
        }
    }

    private void table(LuaTable table) throws IOException {
        if (open.contains(table)) {
            throw impossible("a table that contains itself");
        }
        if (open.size() == MAX_DEPTH) {
            throw impossible("tables nested more than " + MAX_DEPTH + " deep");
        }
        open.add(table);
        switch (shape(table)) {
            case Shape.Sequence(List<LuaValue> values) -> array(values);
            case Shape.Members(SortedMap<ByteString, LuaValue> values) -> members(values);
        }
        open.removeLast();
    }

    private Shape shape(LuaTable table) {
        try {
            return Shape.of(table, MAX_LENGTH);
        } catch (Shape.Misshapen e) {
            throw impossible(String.valueOf(e.getMessage()));
        }
    }

    private void array(List<LuaValue> values) throws IOException {
        out.writeStartArray();
        int index = 0;
        for (LuaValue value : values) {
            place.enter(++index);
            value(value);
            place.leave();
        }
        out.writeEndArray();
    }

    private void members(SortedMap<ByteString, LuaValue> members) throws IOException {
        out.writeStartObject();
        for (var member : members.entrySet()) {
            place.enter(member.getKey());
            out.writeFieldName(text(member.getKey()));
            value(member.getValue());
            place.leave();
        }
        out.writeEndObject();
    }

    private String text(ByteString string) {
        try {
            return Utf8.decode(string);
        } catch (Utf8.Invalid e) {
            throw impossible("a string that is not UTF-8 from byte " + (e.offset() + 1) + " on");
        }
    }

    private LuaError impossible(String what) {
        return error.apply("cannot write " + what + " as JSON" + place.describe());
    }
}
