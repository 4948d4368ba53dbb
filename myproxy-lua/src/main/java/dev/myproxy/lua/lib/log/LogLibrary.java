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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** The global {@code log}: lines of a script in the daemon's log. */
public final class LogLibrary implements LuaLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(LogLibrary.class);

    /** Where lines go. */
    @FunctionalInterface
    public interface Out {

        /**
         * Takes a line, on the script's thread.
         *
         * @param fields what stands in it, and whom it is about, by name
         */
        void write(Level level, String line, Map<String, Object> fields);
    }

    private final Out out;

    /** Writes into the daemon's log. */
    public LogLibrary() {
        this(LogLibrary::log);
    }

    public LogLibrary(Out out) {
        this.out = out;
    }

    private static void log(Level level, String line, Map<String, Object> fields) {
        LoggingEventBuilder event = LOG.atLevel(level).addKeyValue("event", "script");
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            event = event.addKeyValue(field.getKey(), field.getValue());
        }
        event.log("{}", line);
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
            Map<String, Object> fields = new LinkedHashMap<>(
                    lua.owner().map(LuaOwner::facts).orElse(Map.of()));
            fields.putAll(LogFields.of(fields(args)));
            out.write(level, line, fields);
            return LuaReply.NOTHING;
        };
    }

    private static List<LuaTable.Entry> fields(LuaArgs args) {
        return args.get(2) instanceof LuaValue.Nil ? List.of() : args.table(2).entries();
    }
}
