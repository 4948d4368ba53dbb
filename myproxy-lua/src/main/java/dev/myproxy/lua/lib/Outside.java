package dev.myproxy.lua.lib;

import dev.myproxy.address.Address;
import dev.myproxy.address.AddressException;
import dev.myproxy.address.ParsedAddress;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.net.Network;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What libraries reach of the world outside a script: clocks, timers, name servers, the environment. Libraries use it in
 * the place of Java's own, so that unit tests of policies can put a world of their own in its place. Safe on every
 * thread.
 */
public interface Outside {

    /** What time it is. */
    Instant now();

    /** A clock that is never set, in nanoseconds; only differences mean something. */
    long nanoTime();

    /**
     * Runs a command once, later, on a thread that is not the script's.
     *
     * @return cancels it if it has not run
     */
    Runnable after(Duration delay, Runnable command);

    /** As {@link #after}, because a script wants to wait for so long: {@code sleep}. */
    default Runnable sleep(Duration time, Runnable command) {
        return after(time, command);
    }

    /**
     * Looks a host name up, without blocking; fails with {@link AddressException}. Not completed on the script's own
     * context.
     */
    Future<Address> resolve(ParsedAddress.Named name);

    /**
     * Looks a host name up as the C library does, without blocking the caller; fails with {@link AddressException}. Not
     * completed on the script's own context.
     */
    default Future<Address> resolveLikeLibc(ParsedAddress.Named name) {
        try {
            return Future.succeededFuture(resolveBlocking(name));
        } catch (AddressException e) {
            return Future.failedFuture(e);
        }
    }

    /** Looks a host name up as the C library does, and blocks meanwhile: while a configuration is loaded. */
    Address resolveBlocking(ParsedAddress.Named name) throws AddressException;

    /** The sockets of scripts. */
    default Network network() {
        return Network.NONE;
    }

    /** The environment variables. */
    Map<String, String> environment();

    /** Libraries that take the place of the daemon's of the same class. */
    default List<LuaLibrary> replacements(LibrarySetup setup) {
        return List.of();
    }

    /** Replaces what Lua's own libraries show of the outside, before the configuration is loaded. */
    default void open(LuaState lua) {}

    /** The configuration has been loaded; called before libraries take away what is of use only meanwhile. */
    default void loaded(LuaState lua) {}

    /** The real world. */
    static Outside real(Vertx vertx) {
        return new RealOutside(vertx);
    }
}
