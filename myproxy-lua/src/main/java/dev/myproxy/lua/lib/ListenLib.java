package dev.myproxy.lua.lib;

import dev.myproxy.address.Address;
import dev.myproxy.address.AddressParser;
import dev.myproxy.address.ParsedAddress;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.ScriptHost;
import dev.myproxy.script.Where;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code mysql_listen(where, handlers [, options])}, while the configuration is loading only; and {@code systemd}. */
public final class ListenLib implements LuaLibrary {

    private static final String NAME = "mysql_listen";

    private final ScriptHost host;
    private final Outside outside;
    private final List<HandlerTable> tables = new ArrayList<>();
    private boolean loading = true;

    public ListenLib(LibrarySetup setup) {
        host = setup.host();
        outside = setup.outside();
    }

    @Override
    public void open(LuaState state) {
        state.setGlobal(NAME, new LuaBuiltin(NAME, this::listen));
        state.setGlobal("systemd", SystemdObject.ALL);
    }

    @Override
    public void configured(LuaState state) {
        loading = false;
        state.setGlobal(NAME, LuaValue.nil());
    }

    /** The functions behind a {@link dev.myproxy.script.Handlers#id()}. */
    public Optional<HandlerTable> handlers(int id) {
        return id >= 0 && id < tables.size() ? Optional.of(tables.get(id)) : Optional.empty();
    }

    private LuaReply listen(LuaArgs args) {
        if (!loading) {
            throw LuaError.positioned("mysql_listen is for configuration time only");
        }
        args.expectCount(2, 3, "Invalid parameter count");
        HandlerTable table = HandlerTable.read(args, 2);
        Where where = where(args);
        ListenOptions options = ListenerOptions.read(args, 3, where);
        try {
            host.listen(where, table.describe(host.run(), tables.size(), options));
        } catch (IOException e) {
            throw LuaError.of(e);
        }
        table.keep();
        tables.add(table);
        return LuaReply.NOTHING;
    }

    private Where where(LuaArgs args) {
        return switch (args.get(1)) {
            case AddressObject object -> new Where.At(object.address());
            case SystemdObject object -> object.where();
            case LuaValue.Str _,LuaValue.Num _ -> new Where.At(parse(args));
            default -> throw args.bad(1, "path expected");
        };
    }

    private Address parse(LuaArgs args) {
        try {
            return switch (AddressParser.parseListener(args.string(1), ClientMethods.DEFAULT_PORT)) {
                case ParsedAddress.Known(Address address) -> address;
                case ParsedAddress.Named name -> outside.resolveBlocking(name);
            };
        } catch (IOException e) {
            throw LuaError.of(e);
        }
    }
}
