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
import dev.myproxy.lua.lib.log.LogLibrary;
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
import java.util.concurrent.atomic.AtomicLong;

/**
 * The outside of a policy that is tested: what the test says. Its clock stands still, except that it goes forward at once
 * by whatever the policy waits, and when the test says so.
 */
final class TestedOutside implements Outside {

    /** The first of January 2026. */
    private static final Instant BEGINNING = Instant.ofEpochSecond(1767225600);

    private final Vertx vertx;
    private final Hooks hooks;
    private final RecordingHost host;
    private final AtomicLong nanos = new AtomicLong();

    TestedOutside(Vertx vertx, Hooks hooks, RecordingHost host) {
        this.vertx = vertx;
        this.hooks = hooks;
        this.host = host;
    }

    @Override
    public Instant now() {
        return BEGINNING.plusNanos(nanos.get());
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    /** The time as scripts have it, in seconds since 1970. */
    double seconds() {
        return BEGINNING.getEpochSecond() + nanos.get() / 1e9;
    }

    void advance(double seconds) {
        nanos.addAndGet(Math.round(seconds * 1e9));
    }

    /** A script waits, or nothing happens for so long: either way that is over at once. */
    @Override
    public Runnable after(Duration delay, Runnable command) {
        nanos.addAndGet(delay.toNanos());
        ((VertxInternal) vertx).nettyEventLoopGroup().execute(command);
        return () -> {};
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

    @Override
    public Map<String, String> environment() {
        return hooks.environment();
    }

    @Override
    public List<LuaLibrary> replacements(LibrarySetup setup) {
        return List.of(new LogLibrary(host::log));
    }

    /** Lua's own functions follow the clock and the environment too. */
    @Override
    public void open(LuaState lua) {
        lua.run(TestLibrary.source("world.lua"), "=[myproxy]",
                new LuaBuiltin("now", _ -> LuaReply.of(LuaValue.of(seconds()))),
                new LuaBuiltin("getenv", args -> LuaReply.of(Optional
                        .ofNullable(hooks.environment().get(args.string(1).utf8())).map(LuaValue::of)
                        .orElseGet(LuaValue::nil))));
    }
}
