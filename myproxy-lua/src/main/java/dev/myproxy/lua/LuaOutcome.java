package dev.myproxy.lua;

import dev.myproxy.protocol.ByteString;
import java.util.List;

/** How a {@link LuaTask} ended. */
public sealed interface LuaOutcome {

    /** The function returned. The values are valid while the outcome is being taken. */
    record Returned(List<LuaValue> values) implements LuaOutcome {}

    /**
     * The function raised an error.
     *
     * @param message   the raised string or number as text; of other values the name of their type
     * @param traceback the stack at that point, several lines, perhaps empty
     */
    record Failed(ByteString message, String traceback) implements LuaOutcome {}
}
