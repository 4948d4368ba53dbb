package dev.myproxy.lua.lib.net;

import dev.myproxy.address.AddressException;
import dev.myproxy.address.ParsedAddress;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNamespace;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.lua.lib.Outside;
import dev.myproxy.lua.lib.SharedGauges;
import dev.myproxy.lua.net.Network;
import dev.myproxy.lua.net.ScriptSocket;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code socket:connect(address, options)}. */
public final class SocketLibrary implements LuaLibrary {

    private final Outside outside;
    private final Network network;
    private final Runnable uncount;

    public SocketLibrary(LibrarySetup setup) {
        outside = setup.outside();
        network = outside.network();
        uncount = SharedGauges.of(setup.host()).add("myproxy.script.sockets", "Sockets that the script has open",
                network::count);
    }

    @Override
    public void open(LuaState lua) {
        new LuaNamespace("socket").method("connect", this::connect).open(lua);
    }

    private LuaReply connect(LuaArgs args) {
        args.expectCount(1, Integer.MAX_VALUE, "Not enough parameters");
        args.expectCount(1, 2, "Too many parameters");
        ConnectArguments options = ConnectArguments.read(args, 2);
        ParsedAddress where = where(args);
        AtomicBoolean cancelled = new AtomicBoolean();
        Future<ScriptSocket> socket = AddressArgument.resolve(where, outside)
                .compose(address -> network.connect(address, options.kind(), options.timeout()))
                .onSuccess(connected -> {
                    if (cancelled.get()) {
                        connected.close();
                    }
                });
        return Replies.later(socket, connected -> new SocketObject(connected, options.timeout()),
                () -> cancelled.set(true));
    }

    private static ParsedAddress where(LuaArgs args) {
        try {
            return AddressArgument.read(args, 1, 0);
        } catch (AddressException e) {
            throw LuaError.of(e);
        }
    }

    @Override
    public void close() {
        network.close();
        uncount.run();
    }
}
