package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.proxyheader.HeaderVersion;
import dev.myproxy.script.ServerLink;
import java.util.Optional;
import java.util.function.Function;

/** What {@code mysql_cluster} and {@code client:connect} have in common: how connections to servers begin. */
public final class LinkOptions {

    /** Which version of the PROXY protocol tells servers who the client is. */
    public static final String PROXY_PROTOCOL = "proxy_protocol";

    /** What connections to servers are encrypted with. */
    public static final String TLS = "tls";

    private LinkOptions() {}

    /** Reads them among others. */
    public static ServerLink read(Options options) {
        LuaValue version = options.get(PROXY_PROTOCOL);
        ServerLink introduced = version instanceof LuaValue.Nil
                ? ServerLink.PLAIN
                : proxyProtocol(version, expected -> options.bad(PROXY_PROTOCOL, expected));
        return ServerTlsTable.read(options, TLS).or(introduced);
    }

    /**
     * Reads a version of the PROXY protocol.
     *
     * @param bad makes an error of what is expected
     */
    static ServerLink proxyProtocol(LuaValue value, Function<String, LuaError> bad) {
        Optional<HeaderVersion> version = value instanceof LuaValue.Num(double number) && number == Math.rint(number)
                ? HeaderVersion.of((int) number)
                : Optional.empty();
        return new ServerLink(Optional.of(version.orElseThrow(() -> bad.apply("1 or 2, the version of the header"))));
    }
}
