package dev.myproxy.lua.testing;

import dev.myproxy.address.Address;
import dev.myproxy.address.AddressException;
import dev.myproxy.address.AddressParser;
import dev.myproxy.address.ParsedAddress;
import dev.myproxy.address.Purpose;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.lua.lib.Outside;
import dev.myproxy.lua.lib.cluster.ClusterLibrary;
import dev.myproxy.lua.lib.log.LogLibrary;
import dev.myproxy.lua.lib.pg.PgLib;
import dev.myproxy.lua.net.Network;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * The outside of a policy that is tested: what the test says. Its clock stands still, except that it goes forward at once
 * by whatever the policy waits, and when the test says so.
 */
final class TestedOutside implements Outside {

    private final Hooks hooks;
    private final RecordingHost host;
    private final TestedDatabases databases;
    private final TestedNetwork network;
    private final TestedClusters clusters;
    private final TestedClock clock;

    TestedOutside(Vertx vertx, Hooks hooks, RecordingHost host) {
        clock = new TestedClock(((VertxInternal) vertx).nettyEventLoopGroup());
        this.hooks = hooks;
        this.host = host;
        databases = new TestedDatabases(vertx, hooks);
        network = new TestedNetwork(hooks);
        clusters = new TestedClusters(vertx);
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public long nanoTime() {
        return clock.nanos();
    }

    TestedClock clock() {
        return clock;
    }

    @Override
    public Runnable after(Duration delay, Runnable command) {
        return clock.after(delay, command);
    }

    /** Over at once; the clock has gone on by so much then. */
    @Override
    public Runnable sleep(Duration time, Runnable command) {
        Runnable cancel = clock.after(time, command);
        clock.advance(time);
        return cancel;
    }

    @Override
    public Future<Address> resolve(ParsedAddress.Named name) {
        return hooks.resolve().apply(List.of(LuaValue.of(name.host()))).compose(answer -> address(name, answer));
    }

    private static Future<Address> address(ParsedAddress.Named name, List<LuaValue> answer) {
        Optional<ByteString> known = answer.isEmpty() ? Optional.empty() : LuaNumbers.asString(answer.getFirst());
        try {
            if (known.isEmpty()) {
                String reason = answer.size() < 2
                        ? ""
                        : LuaNumbers.asString(answer.get(1)).map(ByteString::utf8)
                                .orElse("");
                throw AddressException.unresolved(name.host(), name.service(), reason);
            }
            return Future.succeededFuture(AddressParser.parseNumeric(known.get(), name.port(), Purpose.CONNECT));
        } catch (AddressException e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public Address resolveBlocking(ParsedAddress.Named name) throws AddressException {
        try {
            return resolve(name).toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AddressException refused) {
                throw refused;
            }
            throw LuaError.of(Objects.requireNonNull(e.getCause()));
        }
    }

    TestedDatabases databases() {
        return databases;
    }

    TestedClusters clusters() {
        return clusters;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Map<String, String> environment() {
        return hooks.environment();
    }

    @Override
    public List<LuaLibrary> replacements(LibrarySetup setup) {
        return List.of(new LogLibrary((level, line, _) -> host.log(level, line)), new PgLib(setup, databases),
                new ClusterLibrary(setup, clusters));
    }

    /** Lua's own functions follow the clock and the environment too. */
    @Override
    public void open(LuaState lua) {
        lua.run(TestLibrary.source("world.lua"), "=[myproxy]",
                new LuaBuiltin("now", _ -> LuaReply.of(LuaValue.of(clock.seconds()))),
                new LuaBuiltin("getenv", args -> LuaReply.of(Optional
                        .ofNullable(hooks.environment().get(args.string(1).utf8())).map(LuaValue::of)
                        .orElseGet(LuaValue::nil))));
    }
}
