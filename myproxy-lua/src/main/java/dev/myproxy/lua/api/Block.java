package dev.myproxy.lua.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The annotation lines that stand together before a declaration, as far as they were read. */
final class Block {

    /** A class that is being described. */
    record ClassTag(String name, Optional<String> parent, String text, Place place) {}

    /** A parameter's line. */
    record ParameterTag(ApiParameter parameter, Place place) {}

    final List<String> text = new ArrayList<>();
    final List<ParameterTag> parameters = new ArrayList<>();
    final List<ApiReturn> returns = new ArrayList<>();
    final List<String> overloads = new ArrayList<>();
    final List<ApiField> fields = new ArrayList<>();
    Optional<ClassTag> classTag = Optional.empty();
    Optional<String> type = Optional.empty();
    boolean loading;
    boolean provided;
    boolean begun;

    /** The text lines so far, which belong to what comes now. */
    String takeText() {
        String joined = String.join("\n", text).strip();
        text.clear();
        return joined;
    }

    Traits traits() {
        return loading || provided ? new Traits(loading, provided) : Traits.NONE;
    }

    boolean describesFunction() {
        return describesOneWay() || !overloads.isEmpty();
    }

    /** Whether there are parameters or results besides {@code @overload}. */
    boolean describesOneWay() {
        return !parameters.isEmpty() || !returns.isEmpty();
    }
}
