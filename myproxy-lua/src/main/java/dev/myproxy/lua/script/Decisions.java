package dev.myproxy.lua.script;

import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.ConnectAction;
import dev.myproxy.lua.lib.ErrAction;
import dev.myproxy.lua.lib.InitDbAction;
import dev.myproxy.lua.lib.QueryAction;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Quoting;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What it means how a handler ended. Only the last value that it returned counts. */
final class Decisions {

    private static final Decision BAD_VALUE = new Decision.Failed("Bad return value");

    private Decisions() {}

    static Decision of(Handler handler, LuaOutcome outcome) {
        return switch (outcome) {
            case LuaOutcome.Failed(ByteString message, String _) -> new Decision.Failed(oneLine(message));
            case LuaOutcome.Returned(List<LuaValue> values) ->
                of(handler, values.isEmpty() ? LuaValue.nil() : values.getLast());
        };
    }

    private static Decision of(Handler handler, LuaValue value) {
        return switch (handler) {
            case CONNECT -> switch (value) {
                case LuaValue.Nil _ -> new Decision.Proceed();
                case ErrAction refusal -> refusal.decision();
                default -> BAD_VALUE;
            };
            case HANDSHAKE_RESPONSE -> switch (value) {
                case ConnectAction connect -> connect.decision();
                case ErrAction refusal -> refusal.decision();
                default -> BAD_VALUE;
            };
            case COMMAND_PHASE, DISCONNECT -> value instanceof LuaValue.Nil ? new Decision.Proceed() : BAD_VALUE;
            case INIT_DB -> switch (value) {
                case InitDbAction initDb -> initDb.decision();
                case ErrAction refusal -> refusal.decision();
                default -> BAD_VALUE;
            };
            case QUERY -> switch (value) {
                case LuaValue.Nil _ -> new Decision.Proceed();
                case QueryAction query -> query.decision();
                case ErrAction refusal -> refusal.decision();
                default -> BAD_VALUE;
            };
        };
    }

    /** An error message as one line of the log, whatever a script put into it. */
    static String oneLine(ByteString message) {
        return Quoting.oneLine(new String(message.toByteArray(), StandardCharsets.UTF_8));
    }
}
