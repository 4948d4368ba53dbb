package dev.myproxy.lua.testing;

import dev.myproxy.address.Address;
import dev.myproxy.address.AddressException;
import dev.myproxy.address.AddressParser;
import dev.myproxy.address.Purpose;
import dev.myproxy.bus.LocalCodec;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaSetup;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.script.LuaScriptEngine;
import dev.myproxy.lua.script.LuaVerticle;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A policy that a test has loaded: the configuration in its verticle, and what was put in the place of the outside. */
final class TestedPolicy extends LuaObject {

    static final LuaClass<TestedPolicy> CLASS = new LuaClass<>("test.policy", TestedPolicy.class)
            .method("load", (self, _) -> self.load())
            .method("client", TestedPolicy::client)
            .method("reload", (self, _) -> self.script.watched(() -> self.script.reload()))
            .method("notify", TestedPolicy::notify).method("node", TestedPolicy::node)
            .method("advance", TestedPolicy::advance)
            .method("now", (self, _) -> LuaReply.of(LuaValue.of(self.outside.clock().seconds())))
            .method("metric", TestedPolicy::metric)
            .method("records", (self, args) -> LuaReply.of(self.records(args)))
            .method("is_closed", (self, _) -> LuaReply.of(LuaValue.of(self.closed)))
            .method("close", (self, _) -> new LuaReply.Later(self.close().map(List.of()), () -> {}));

    private static final int MYSQL_PORT = 3306;

    private final LuaScriptEngine engine;
    private final Path configuration;
    private final TestSettings settings;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1));
    private final RecordingHost host = new RecordingHost();
    private final TestedOutside outside;
    private final AskedScript script;
    private volatile Optional<Context> context = Optional.empty();
    private boolean closed;

    /**
     * @param calm gives a future that completes when nothing moves any more
     */
    TestedPolicy(LuaScriptEngine engine, Path configuration, TestSettings settings, Hooks hooks,
            Supplier<Future<Void>> calm) {
        this.engine = engine;
        this.configuration = configuration;
        this.settings = settings;
        outside = new TestedOutside(vertx, hooks, host);
        script = new AskedScript(vertx, host, calm);
        LocalCodec.register(vertx.eventBus());
    }

    private LuaReply load() {
        try {
            settings.enter().enter(Objects.requireNonNull(configuration.toAbsolutePath().getParent()));
        } catch (IOException e) {
            return failure(e);
        }
        LuaVerticle verticle = new LuaVerticle(engine, configuration, host, LuaSetup.DEFAULT_LIMIT,
                started -> {
                    context = Optional.of(started.getOrCreateContext());
                    return outside;
                });
        return new LuaReply.Later(vertx.deployVerticle(verticle).transform((_, failure) -> {
            try {
                settings.enter().enter(Path.of("/"));
            } catch (IOException e) {
                return Future.succeededFuture(refusal(e));
            }
            return Future.succeededFuture(failure == null ? loaded() : refusal(failure));
        }), () -> {});
    }

    private List<LuaValue> loaded() {
        return host.listeners().isEmpty()
                ? LuaValue.list(LuaValue.nil(), LuaValue.of(configuration + ": No listeners configured"))
                : LuaValue.list(LuaValue.of(true));
    }

    private List<LuaValue> refusal(Throwable failure) {
        return LuaValue.list(LuaValue.nil(), host.exitCode()
                .map(code -> LuaValue.of(configuration + " called os.exit(" + code + ") while it was loaded"))
                .orElseGet(() -> LuaValue.of(LuaError.of(failure).text())));
    }

    private static LuaReply failure(Throwable failure) {
        return LuaReply.of(LuaValue.nil(), LuaValue.of(LuaError.of(failure).text()));
    }

    private LuaReply client(LuaArgs args) {
        try {
            return LuaReply.of(new TestedClient(script, Facts.read(args.table(1)).client(host.listeners())));
        } catch (LuaError e) {
            return failure(e);
        }
    }

    /** {@code notify(channel, payload)}: true, or nil and what is wrong. */
    private LuaReply notify(LuaArgs args) {
        String channel = args.string(1).utf8();
        Optional<String> payload = LuaNumbers.asString(args.get(2)).map(ByteString::utf8);
        if (!outside.databases().isListening(channel)) {
            return failure(LuaError.plain("the policy does not listen to the channel " + channel));
        }
        return script.watched(() -> {
            outside.databases().notify(channel, payload);
            return script.settle();
        });
    }

    /** {@code node(address, state, reason)}: true, or nil and what is wrong. */
    private LuaReply node(LuaArgs args) {
        try {
            Address address = AddressParser.parseNumeric(args.string(1), MYSQL_PORT, Purpose.CONNECT);
            return script.watched(() -> {
                outside.clusters().set(address, args.string(2).utf8(), args.string(3).utf8());
                return script.settle();
            });
        } catch (AddressException | LuaError e) {
            return failure(e);
        }
    }

    private LuaReply advance(LuaArgs args) {
        double seconds = args.number(1);
        if (!(seconds >= 0 && seconds < 1e9)) {
            return failure(LuaError.plain("the clock goes forward only: a positive number of seconds is expected"));
        }
        return script.watched(() -> {
            outside.clock().advance(Duration.ofNanos(Math.round(seconds * 1e9)));
            return script.settle();
        });
    }

    private LuaValue records(LuaArgs args) {
        return switch (args.string(1).utf8()) {
            case "listeners" ->
                Copies.texts(host.listeners().stream().map(listener -> listener.where().toString()).toList());
            case "printed" -> Copies.list(host.printed().stream().map(LuaValue::of).toList());
            case "log" -> Copies.list(host.logged().stream().map(RecordingHost.Logged::table).toList());
            case "errors" -> Copies.texts(host.errors());
            default -> throw args.bad(1, "no such records");
        };
    }

    /** {@code metric(name, labels)}: its value as operators see it, nil if there is none. */
    private LuaReply metric(LuaArgs args) {
        Map<String, String> labels = args.table(2).entries().stream().collect(
                Collectors.toMap(entry -> text(entry.key()), entry -> text(entry.value())));
        OptionalDouble value = host.metric(args.string(1).utf8(), labels);
        return LuaReply.of(value.isPresent() ? LuaValue.of(value.getAsDouble()) : LuaValue.nil());
    }

    private static String text(LuaValue value) {
        return LuaNumbers.asString(value).orElseThrow(() -> LuaError.plain("labels are strings")).utf8();
    }

    /** What handlers run at the moment, for reports. */
    List<String> openQuestions() {
        return script.open();
    }

    /** Completes when what the policy had to do by now, and what follows from it at once, is done. */
    Future<Void> settle() {
        Promise<Void> done = Promise.promise();
        if (closed || context.isEmpty()) {
            done.complete();
        } else {
            ((VertxInternal) vertx).nettyEventLoopGroup()
                    .execute(() -> context.get().runOnContext(_ -> done.complete()));
        }
        return done.future();
    }

    /** Ends the policy. */
    Future<Void> close() {
        if (closed) {
            return Future.succeededFuture();
        }
        closed = true;
        return vertx.close();
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
