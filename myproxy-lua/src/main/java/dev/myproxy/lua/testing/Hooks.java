package dev.myproxy.lua.testing;

import dev.myproxy.lua.LuaValue;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a test says about the outside of a policy. The functions may be called on any thread, and call functions of the
 * test file; they fail with the {@link dev.myproxy.lua.LuaError} that these raise.
 *
 * @param environment the environment variables
 * @param execute     takes a connection string, SQL, a table of parameters or nil; gives a table: a result or an error
 * @param resolve     takes a host name; gives an address, or nil and a message
 * @param network     takes {@code connect} or {@code send}, an address, the kind of the socket, what is sent; gives what
 *                    comes back, if anything, or false and a message
 * @param complain    takes what the test got wrong about the outside, so that it fails even if the policy copes with it
 */
record Hooks(Map<String, String> environment, Function<List<LuaValue>, Future<List<LuaValue>>> execute,
        Function<List<LuaValue>, Future<List<LuaValue>>> resolve,
        Function<List<LuaValue>, Future<List<LuaValue>>> network, Consumer<String> complain) {}
