package dev.myproxy.lua.luaj.vm;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.Varargs;

/** A Lua function that is written in Java. */
public class Native extends LuaFunction {

    /** What such a function does. */
    @FunctionalInterface
    public interface Body {
        /**
         * Runs the function.
         *
         * @return the results, or {@link Machine#SWITCHED} if they come later
         * @throws Raised an error for the script
         */
        Varargs call(Machine machine, Varargs args);
    }

    private final String name;
    private final Body body;

    /**
     * A new function.
     *
     * @param name for tracebacks
     */
    public Native(String name, Body body) {
        this.name = name;
        this.body = body;
    }

    @Override
    public final String name() {
        return name;
    }

    final Varargs run(Machine machine, Varargs args) {
        try {
            return body.call(machine, args);
        } catch (Raised | Halt | LuaError e) {
            throw e;
        } catch (RuntimeException e) {
            throw machine.error("internal error: " + e);
        }
    }
}
