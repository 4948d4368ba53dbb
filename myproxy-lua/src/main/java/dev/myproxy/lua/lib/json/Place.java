package dev.myproxy.lua.lib.json;

import dev.myproxy.protocol.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Where a writer is within a value, as Lua code would say it: {@code .users[3].name}. */
final class Place {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int MAX_STEPS = 10;

    private final List<Object> steps = new ArrayList<>();

    void enter(ByteString name) {
        steps.add(name);
    }

    void enter(int index) {
        steps.add(index);
    }

    void leave() {
        steps.removeLast();
    }

    /** {@code at .users[3].name}, with a blank before it; empty at the top. The innermost steps of a long way. */
    String describe() {
        if (steps.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(" at ");
        if (steps.size() > MAX_STEPS) {
            text.append('…');
        }
        steps.subList(Math.max(0, steps.size() - MAX_STEPS), steps.size()).forEach(step -> text.append(describe(step)));
        return text.toString();
    }

    private static String describe(Object step) {
        if (step instanceof ByteString name) {
            String text = name.utf8();
            return IDENTIFIER.matcher(text).matches() ? "." + text : "[" + name + "]";
        }
        return "[" + step + "]";
    }
}
