package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.script.ListenOptions;

/** The third argument of {@code mysql_listen}. */
public final class ListenerOptions {

    /** Its keys. */
    public static final OptionSet KEYS = new OptionSet("ListenOptions", "max_query_bytes");

    private ListenerOptions() {}

    /** Reads an argument, which may be missing. */
    static ListenOptions read(LuaArgs args, int number) {
        Options options = KEYS.read(args, number);
        double maxQueryBytes = options
                .number("max_query_bytes", ListenOptions.MIN_QUERY_BYTES, ListenOptions.MAX_QUERY_BYTES)
                .orElse(ListenOptions.DEFAULT.maxQueryBytes());
        return new ListenOptions((int) maxQueryBytes);
    }
}
