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
import org.slf4j.event.Level;

/** The global {@code log}: lines of a script in the daemon's log. */
public final class LogLibrary implements LuaLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(LogLibrary.class);

    private final BiConsumer<Level, String> out;

    /** Writes into the daemon's log. */
    public LogLibrary() {
        this((level, line) -> LOG.atLevel(level).log("{}", line));
    }

    /**
     * @param out takes lines, on the script's thread
     */
    public LogLibrary(BiConsumer<Level, String> out) {
        this.out = out;
    }

    @Override
    public void open(LuaState lua) {
        new LuaNamespace("log").function("debug", write(lua, Level.DEBUG)).function("info", write(lua, Level.INFO))
                .function("warn", write(lua, Level.WARN)).function("error", write(lua, Level.ERROR)).open(lua);
    }

    private LuaBody write(LuaState lua, Level level) {
        return args -> {
            args.expectCount(0, 2, "Too many parameters");
            ByteString text = args.string(1);
            String line = LogLine.of(lua.owner().flatMap(LuaOwner::name), text, fields(args));
            out.accept(level, line);
            return LuaReply.NOTHING;
        };
    }

    private static List<LuaTable.Entry> fields(LuaArgs args) {
        return args.get(2) instanceof LuaValue.Nil ? List.of() : args.table(2).entries();
    }
}
