package dev.myproxy.lua.luaj.vm;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** An error on its way to the {@code pcall} that catches it: any Lua value. */
public final class Raised extends RuntimeException {

    private static final long serialVersionUID = 1;

    private transient LuaValue value;
    private transient @Nullable GuardFrame handledFor;
    private String traceback = "";

    public Raised(LuaValue value) {
        super(null, null, false, false);
        this.value = value;
    }

    /** An error with this text, without a position. */
    public Raised(String text) {
        this(LuaValue.valueOf(text));
    }

    public LuaValue value() {
        return value;
    }

    /** What a report says: the raised string or number, the type's name of all else. */
    public LuaString text() {
        return value.isstring() ? NumberText.of(value) : LuaString.valueOf(value.typename());
    }

    /** The stacks of the coroutines that the error has left, that of its origin first. */
    public String traceback() {
        return traceback;
    }

    /** The error leaves a coroutine. */
    void addTraceback(String stack) {
        traceback = traceback.isEmpty() ? stack : traceback + "\n" + stack;
    }

    /** Whether the error handler of this guard has seen the error. */
    boolean isHandledFor(GuardFrame guard) {
        return handledFor == guard;
    }

    void handled(GuardFrame guard, LuaValue newValue) {
        handledFor = guard;
        value = newValue;
    }

    @Override
    public String getMessage() {
        return text().tojstring();
    }
}
