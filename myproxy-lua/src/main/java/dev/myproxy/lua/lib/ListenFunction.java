package dev.myproxy.lua.lib;

import dev.myproxy.address.AddressException;
import dev.myproxy.address.AddressParser;
import dev.myproxy.address.Purpose;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.script.Where;
import java.io.IOException;

/**
 * A function that makes a listener of the daemon's own: {@code name(address [, options])}, while the configuration is loading
 * only. The address is numeric, a Unix or abstract socket, or {@code systemd}.
 */
public abstract class ListenFunction implements LuaLibrary {

    private final String name;
    private final int defaultPort;
    private final int maxArguments;
    private boolean loading = true;

    /**
     * @param defaultPort  for addresses that name none
     * @param maxArguments 2 if there are options, else 1
     */
    protected ListenFunction(String name, int defaultPort, int maxArguments) {
        this.name = name;
        this.defaultPort = defaultPort;
        this.maxArguments = maxArguments;
    }

    /**
     * Makes the listener.
     *
     * @param args the options are the second one
     * @throws IOException with the text that the script sees
     */
    protected abstract void listen(Where where, LuaArgs args) throws IOException;

    @Override
    public final void open(LuaState lua) {
        lua.setGlobal(name, new LuaBuiltin(name, this::call));
    }

    @Override
    public final void configured(LuaState lua) {
        loading = false;
        lua.setGlobal(name, LuaValue.nil());
    }

    private LuaReply call(LuaArgs args) {
        if (!loading) {
            throw LuaError.positioned(name + " is for configuration time only");
        }
        args.expectCount(1, maxArguments, "Invalid parameter count");
        try {
            listen(where(args), args);
        } catch (IOException e) {
            throw LuaError.of(e);
        }
        return LuaReply.NOTHING;
    }

    private Where where(LuaArgs args) throws AddressException {
        return switch (args.get(1)) {
            case AddressObject object -> new Where.At(object.address());
            case SystemdObject object -> object.where();
            case LuaValue.Str _,LuaValue.Num _ ->
                new Where.At(AddressParser.parseNumeric(args.string(1), defaultPort, Purpose.LISTEN));
            default -> throw args.bad(1, "path expected");
        };
    }
}
