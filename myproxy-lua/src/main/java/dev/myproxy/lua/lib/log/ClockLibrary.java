package dev.myproxy.lua.lib.log;

import dev.myproxy.lua.LuaNamespace;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.lua.lib.Outside;
import java.time.Instant;

/** The global {@code clock}: what time it is, and how much has passed. */
public final class ClockLibrary implements LuaLibrary {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Outside outside;
    private final long startNanos;

    public ClockLibrary(LibrarySetup setup) {
        outside = setup.outside();
        startNanos = outside.nanoTime();
    }

    @Override
    public void open(LuaState lua) {
        new LuaNamespace("clock").function("now", args -> {
            args.expectCount(0, 0, "Too many parameters");
            Instant now = outside.now();
            return LuaReply.of(LuaValue.of(now.getEpochSecond() + now.getNano() / NANOS_PER_SECOND));
        }).function("monotonic", args -> {
            args.expectCount(0, 0, "Too many parameters");
            return LuaReply.of(LuaValue.of((outside.nanoTime() - startNanos) / NANOS_PER_SECOND));
        }).open(lua);
    }
}
