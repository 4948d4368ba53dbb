package dev.myproxy.lua.lib;

import dev.myproxy.address.Address;
import dev.myproxy.address.AddressException;
import dev.myproxy.address.AddressParser;
import dev.myproxy.address.ParsedAddress;
import dev.myproxy.address.Purpose;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import io.vertx.core.Future;
import java.util.List;

/**
 * {@code mysql_resolve(text)}. While the configuration is loading it blocks, and raises what goes wrong; later it lets
 * the coroutine wait, and returns nil and a message.
 */
public final class ResolveLib implements LuaLibrary {

    private static final String NAME = "mysql_resolve";

    private final Outside outside;

    public ResolveLib(LibrarySetup setup) {
        outside = setup.outside();
    }

    @Override
    public void open(LuaState state) {
        state.setGlobal(NAME, new LuaBuiltin(NAME, this::blocking));
    }

    @Override
    public void configured(LuaState state) {
        state.setGlobal(NAME, new LuaBuiltin(NAME, this::waiting));
    }

    private LuaReply blocking(LuaArgs args) {
        try {
            return LuaReply.of(new AddressObject(switch (parse(args)) {
                case ParsedAddress.Known(Address address) -> address;
                case ParsedAddress.Named name -> outside.resolveBlocking(name);
            }));
        } catch (AddressException e) {
            throw LuaError.of(e);
        }
    }

    private LuaReply waiting(LuaArgs args) {
        try {
            return switch (parse(args)) {
                case ParsedAddress.Known(Address address) -> LuaReply.of(new AddressObject(address));
                case ParsedAddress.Named name -> new LuaReply.Later(resolve(name), () -> {});
            };
        } catch (AddressException e) {
            return new LuaReply.Results(failure(e));
        }
    }

    private static ParsedAddress parse(LuaArgs args) throws AddressException {
        args.expectCount(1, 1, "Invalid parameter count");
        return AddressParser.parse(args.string(1), ClientMethods.DEFAULT_PORT, Purpose.CONNECT);
    }

    private Future<List<LuaValue>> resolve(ParsedAddress.Named name) {
        return outside.resolve(name).map(address -> LuaValue.list(new AddressObject(address)))
                .recover(failure -> failure instanceof AddressException
                        ? Future.succeededFuture(failure(failure))
                        : Future.failedFuture(failure));
    }

    private static List<LuaValue> failure(Throwable failure) {
        return LuaValue.list(LuaValue.nil(), LuaValue.of(LuaError.of(failure).text()));
    }
}
