package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ServerLink;
import dev.myproxy.tls.IdentityFiles;
import dev.myproxy.tls.ServerTls;
import dev.myproxy.tls.ServerTlsOptions;
import dev.myproxy.tls.TlsException;
import dev.myproxy.tls.Verification;
import java.nio.file.Path;
import java.util.Optional;

/** The option {@code tls} of {@code client:connect} and {@code mysql_cluster}: true, or a table. */
public final class ServerTlsTable {

    /** Its keys. */
    public static final OptionSet KEYS = new OptionSet("ServerTls", "ca", "certificate", "key", "server_name",
            "verify");

    private static final String EXPECTED = "true or a table";

    private ServerTlsTable() {}

    /** Reads it among other options. */
    static ServerLink read(Options options, String key) {
        return switch (options.get(key)) {
            case LuaValue.Nil _ -> ServerLink.PLAIN;
            case LuaValue.Bool(boolean wanted) when wanted -> link(ServerTlsOptions.FULL);
            case LuaTable _ -> link(table(options.options(key, KEYS)));
            default -> throw options.bad(key, EXPECTED);
        };
    }

    /** Reads the value of a key in an argument. */
    static ServerLink read(LuaArgs args, int number, String key, LuaValue value) {
        return switch (value) {
            case LuaValue.Bool(boolean wanted) when wanted -> link(ServerTlsOptions.FULL);
            case LuaTable table -> link(table(KEYS.read(args, number, table, key + ".")));
            default -> throw args.bad(number, "Bad '" + key + "' value: expected " + EXPECTED);
        };
    }

    private static ServerLink link(ServerTlsOptions options) {
        try {
            return new ServerLink(Optional.empty(), Optional.of(ServerTls.of(options)));
        } catch (TlsException e) {
            throw LuaError.of(e);
        }
    }

    private static ServerTlsOptions table(Options options) {
        Verification verification = options.string("verify")
                .map(text -> Verification.of(text.utf8())
                        .orElseThrow(() -> options.bad("verify", "'full', 'ca' or 'none'")))
                .orElse(Verification.FULL);
        Optional<String> name = options.string("server_name").map(ByteString::utf8);
        if (name.filter(String::isEmpty).isPresent()) {
            throw options.bad("server_name", "the name of a host");
        }
        Optional<Path> certificate = FileOption.read(options, "certificate");
        Optional<Path> key = FileOption.read(options, "key");
        if (key.isPresent() && certificate.isEmpty()) {
            throw options.bad("certificate", "the path of a file, since 'key' is set");
        }
        return new ServerTlsOptions(verification, FileOption.read(options, "ca"), name,
                certificate.map(file -> new IdentityFiles(file, key.orElse(file))));
    }
}
