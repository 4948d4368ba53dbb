package dev.myproxy.lua.check.outside;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.Resource;
import dev.myproxy.lua.check.Inspection;
import dev.myproxy.lua.check.LuaSource;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sources that a configuration consists of: its own file, and those that it loads with {@code dofile}, {@code loadfile} and
 * {@code require} while it runs. Filled by the script's thread, asked afterwards by another.
 */
public final class LoadedFiles {

    private final Map<String, LuaSource> sources = new LinkedHashMap<>();
    private final Set<String> globals = new TreeSet<>();

    /** Lets the functions of the script that load files tell which ones. */
    void watch(LuaState lua) {
        lua.run(Resource.of(LoadedFiles.class, "watch.lua"), "=[myproxy]", new LuaBuiltin("note", this::note));
    }

    /** Takes the names of all globals. */
    void takeGlobals(LuaState lua) {
        lua.run(ByteString
                .of("local note = ... for name in next, _G do if type(name) == 'string' then note(name) end end"),
                "=[myproxy]", new LuaBuiltin("note", args -> {
                    takeGlobal(args.string(1).utf8());
                    return LuaReply.NOTHING;
                }));
    }

    private synchronized void takeGlobal(String name) {
        globals.add(name);
    }

    /** Returns whether there is a file of that name. */
    private LuaReply note(LuaArgs args) {
        return LuaReply.of(LuaValue.of(add(args.string(1).utf8())));
    }

    /** Reads a file, unless that was done before. What can't be read is left to the script to fail at. */
    synchronized boolean add(String name) {
        if (sources.containsKey(name)) {
            return true;
        }
        try {
            Path file = Path.of(name);
            if (!Files.isRegularFile(file)) {
                return false;
            }
            sources.put(name, new LuaSource(name, ByteString.copyOf(Files.readAllBytes(file))));
            return true;
        } catch (NoSuchFileException | InvalidPathException _) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What looks wrong in the files. */
    public synchronized List<Finding> inspect() {
        return Inspection.of(List.copyOf(sources.values()), Set.copyOf(globals));
    }
}
