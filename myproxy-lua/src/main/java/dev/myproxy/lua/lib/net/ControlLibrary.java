package dev.myproxy.lua.lib.net;

import dev.myproxy.address.Address;
import dev.myproxy.address.AddressException;
import dev.myproxy.control.ControlDatagram;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaNamespace;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.AddressObject;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.lua.lib.Outside;
import dev.myproxy.lua.net.Network;
import io.vertx.core.Future;

/** {@code control_client:new(where)} and {@code control_resolve(text)}. */
public final class ControlLibrary implements LuaLibrary {

    private static final String RESOLVE = "control_resolve";

    private final Outside outside;
    private final Network network;

    public ControlLibrary(LibrarySetup setup) {
        this(setup, setup.outside().network());
    }

    /**
     * @param network makes the sockets of control clients
     */
    public ControlLibrary(LibrarySetup setup, Network network) {
        outside = setup.outside();
        this.network = network;
    }

    @Override
    public void open(LuaState lua) {
        new LuaNamespace("control_client").method("new", this::connect).open(lua);
        lua.setGlobal(RESOLVE, new LuaBuiltin(RESOLVE, args -> LuaReply.later(resolve(args).map(LuaValue::list))));
    }

    @Override
    public void configured(LuaState lua) {
        lua.setGlobal(RESOLVE, new LuaBuiltin(RESOLVE,
                args -> Replies.later(resolve(args), address -> address, () -> {})));
    }

    private Future<AddressObject> resolve(LuaArgs args) {
        args.expectCount(1, 1, "Invalid parameter count");
        args.string(1);
        return where(args).map(AddressObject::new);
    }

    private LuaReply connect(LuaArgs args) {
        args.expectCount(1, Integer.MAX_VALUE, "Not enough parameters");
        args.expectCount(1, 1, "Too many parameters");
        return Replies.later(
                where(args).compose(address -> new ControlPeer(network, address).connected()),
                ControlClient::new, () -> {});
    }

    private Future<Address> where(LuaArgs args) {
        try {
            return AddressArgument.resolve(AddressArgument.read(args, 1, ControlDatagram.DEFAULT_PORT), outside);
        } catch (AddressException e) {
            return Future.failedFuture(e);
        }
    }
}
