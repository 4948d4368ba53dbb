package dev.myproxy.lua.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A type {@code fun(name: type, …): type}, taken apart.
 *
 * @param parameters their types, in order
 * @param returned   the types that the first result may have
 */
public record FunctionType(List<String> parameters, List<String> returned) {

    /** Takes a type apart; empty if it is not that of a function. */
    public static Optional<FunctionType> of(String type) {
        int end = closing(type);
        if (!type.startsWith("fun(") || end < 0) {
            return Optional.empty();
        }
        List<String> parameters = new ArrayList<>();
        for (String parameter : split(type.substring(4, end), ',')) {
            parameters.add(parameter.substring(parameter.indexOf(':') + 1).strip());
        }
        String after = type.substring(end + 1).strip();
        String first = after.startsWith(":") ? split(after.substring(1), ',').getFirst() : "";
        return Optional.of(new FunctionType(parameters, alternatives(first)));
    }

    /** The types of a union; a question mark counts as {@code nil}. */
    public static List<String> alternatives(String type) {
        List<String> types = new ArrayList<>();
        for (String part : split(type.strip(), '|')) {
            boolean optional = part.endsWith("?");
            types.add(optional ? part.substring(0, part.length() - 1) : part);
            if (optional) {
                types.add("nil");
            }
        }
        return types;
    }

    /** Whether it may be called without a result. */
    public boolean mayReturnNothing() {
        return returned.isEmpty() || returned.contains("nil");
    }

    private static int closing(String type) {
        int depth = 0;
        for (int i = 0; i < type.length(); i++) {
            depth += "([{<".indexOf(type.charAt(i)) >= 0 ? 1 : ")]}>".indexOf(type.charAt(i)) >= 0 ? -1 : 0;
            if (depth == 0 && type.charAt(i) == ')') {
                return i;
            }
        }
        return -1;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += "([{<".indexOf(c) >= 0 ? 1 : ")]}>".indexOf(c) >= 0 ? -1 : 0;
            if (c == separator && depth == 0) {
                parts.add(text.substring(begin, i).strip());
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin).strip());
        return parts.stream().filter(part -> !part.isEmpty()).toList();
    }
}
