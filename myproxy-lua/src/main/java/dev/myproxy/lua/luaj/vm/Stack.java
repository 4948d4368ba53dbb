package dev.myproxy.lua.luaj.vm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** Views of a coroutine's stack: levels, tracebacks. */
public final class Stack {

    private static final int SHOWN_FIRST = 12;
    private static final int SHOWN_LAST = 10;

    private Stack() {}

    static @Nullable Frame at(Coroutine coroutine, int level) {
        Frame frame = coroutine.top;
        for (int i = 1; i < level && frame != null; i++) {
            frame = frame.caller;
        }
        return frame;
    }

    /** Whether there is a function at this level. Level 1 is the topmost one, which called the native that asks. */
    public static boolean hasLevel(Coroutine coroutine, int level) {
        return level >= 1 && at(coroutine, level) != null;
    }

    /** The function at this level, if it is one of Lua. */
    public static Optional<Closure> closure(Coroutine coroutine, int level) {
        return at(coroutine, level) instanceof LuaFrame frame ? Optional.of(frame.closure) : Optional.empty();
    }

    /** The line that the function at this level is at; -1 if it is none of Lua. */
    public static int line(Coroutine coroutine, int level) {
        return at(coroutine, level) instanceof LuaFrame frame ? frame.line() : -1;
    }

    /** The kind of name that the caller uses for the function at this level: {@code local}, {@code global} …, or empty. */
    public static String nameKind(Coroutine coroutine, int level) {
        return name(at(coroutine, level + 1)).map(VariableNames.Name::kind).orElse("");
    }

    /** The name that the caller uses for the function at this level. */
    public static Optional<String> name(Coroutine coroutine, int level) {
        return name(at(coroutine, level + 1)).map(VariableNames.Name::text);
    }

    private static Optional<VariableNames.Name> name(@Nullable Frame caller) {
        return caller instanceof LuaFrame frame && frame.pc > 0 ? VariableNames.called(frame) : Optional.empty();
    }

    /** A local variable of the function at a level; counts from 1. */
    public static Optional<LuaValue> localName(Coroutine coroutine, int level, int number) {
        return number > 0 && at(coroutine, level) instanceof LuaFrame frame
                ? Optional.ofNullable(frame.closure.prototype.getlocalname(number, Math.max(frame.pc - 1, 0)))
                : Optional.empty();
    }

    /** The value of a variable that {@link #localName} knows. */
    public static LuaValue local(Coroutine coroutine, int level, int number) {
        return at(coroutine, level) instanceof LuaFrame frame ? frame.registers[number - 1] : LuaValue.NIL;
    }

    /** Sets a variable that {@link #localName} knows. */
    public static void setLocal(Coroutine coroutine, int level, int number, LuaValue value) {
        if (at(coroutine, level) instanceof LuaFrame frame) {
            frame.registers[number - 1] = value;
        }
    }

    /**
     * What {@code debug.traceback} says, without its message.
     *
     * @param skip how many of the topmost functions to leave out
     */
    public static String traceback(Coroutine coroutine, int skip) {
        StringBuilder text = new StringBuilder("stack traceback:");
        Frame frame = at(coroutine, skip + 1);
        int total = frame == null ? 0 : frame.depth;
        for (int i = 0; frame != null; i++, frame = frame.caller) {
            if (i < SHOWN_FIRST || i >= total - SHOWN_LAST) {
                describe(frame, text);
            } else if (i == SHOWN_FIRST) {
                text.append("\n\t...");
            }
        }
        return text.toString();
    }

    private static void describe(Frame frame, StringBuilder text) {
        if (frame instanceof HostFrame host && host.hidden) {
            return;
        }
        Optional<VariableNames.Name> name = name(frame.caller);
        if (!(frame instanceof LuaFrame lua)) {
            text.append("\n\t[C]: in ").append(name.map(n -> "function '" + n.text() + "'").orElse("?"));
            return;
        }
        String chunk = ChunkNames.display(lua.closure.prototype);
        text.append("\n\t").append(chunk).append(':').append(lua.line()).append(": in ");
        if (lua.closure.prototype.linedefined == 0) {
            text.append("main chunk");
        } else if (name.isPresent()) {
            text.append("function '").append(name.get().text()).append('\'');
        } else {
            text.append("function <").append(chunk).append(':').append(lua.closure.prototype.linedefined).append('>');
        }
    }
}
