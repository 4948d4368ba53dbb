package dev.myproxy.lua.lib.net;

import dev.myproxy.address.Address;
import dev.myproxy.address.AddressException;
import dev.myproxy.address.AddressParser;
import dev.myproxy.address.ParsedAddress;
import dev.myproxy.address.Purpose;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.AddressObject;
import dev.myproxy.lua.lib.Outside;
import io.vertx.core.Future;

/** Where to connect, as scripts say it: a SocketAddress, or a string, with host names. */
final class AddressArgument {

    private AddressArgument() {}

    /**
     * Reads an argument.
     *
     * @throws AddressException          a string that is no address
     * @throws dev.myproxy.lua.LuaError bad argument, for all other types
     */
    static ParsedAddress read(LuaArgs args, int number, int defaultPort) throws AddressException {
        return switch (args.get(number)) {
            case AddressObject object -> new ParsedAddress.Known(object.address());
            case LuaValue.Str _,LuaValue.Num _ ->
                AddressParser.parse(args.string(number), defaultPort, Purpose.CONNECT);
            default -> throw args.badType(number, "string or SocketAddress");
        };
    }

    /** Looks it up if it is a name: as the C library does, IPv6 addresses first. */
    static Future<Address> resolve(ParsedAddress parsed, Outside outside) {
        return switch (parsed) {
            case ParsedAddress.Known(Address address) -> Future.succeededFuture(address);
            case ParsedAddress.Named name -> outside.resolveLikeLibc(name);
        };
    }
}
