package dev.myproxy.lua.lib.log;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBody;
import dev.myproxy.lua.LuaNamespace;
import dev.myproxy.lua.LuaOwner;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The global {@code log}: lines of a script in the daemon's log. */
public final class LogLibrary implements LuaLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(LogLibrary.class);

    @Override
    public void open(LuaState lua) {
        new LuaNamespace("log").function("debug", level(lua, (logger, line) -> logger.debug("{}", line)))
                .function("info", level(lua, (logger, line) -> logger.info("{}", line)))
                .function("warn", level(lua, (logger, line) -> logger.warn("{}", line)))
                .function("error", level(lua, (logger, line) -> logger.error("{}", line))).open(lua);
    }

    private static LuaBody level(LuaState lua, BiConsumer<Logger, String> write) {
        return args -> {
            args.expectCount(0, 2, "Too many parameters");
            ByteString text = args.string(1);
            String line = LogLine.of(lua.owner().flatMap(LuaOwner::name), text, fields(args));
            write.accept(LOG, line);
            return LuaReply.NOTHING;
        };
    }

    private static List<LuaTable.Entry> fields(LuaArgs args) {
        return args.get(2) instanceof LuaValue.Nil ? List.of() : args.table(2).entries();
    }
}
