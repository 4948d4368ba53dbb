package dev.myproxy.lua.script;

import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaSetup;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.Callbacks;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.Outside;
import dev.myproxy.lua.lib.ScriptErrors;
import dev.myproxy.lua.lib.SharedGauges;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.ScriptException;
import dev.myproxy.script.ScriptHost;
import dev.myproxy.script.ScriptRun;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.ContextInternal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Owns the script of one run of the configuration: runs it, then answers {@link ScriptRun#events()} and
 * {@link ScriptRun#reload()}.
 *
 * <p>All Lua and library code runs in the turns of a {@link ScriptWorker}, because the configuration may block and handlers
 * compute; so it does not matter how this is deployed.
 */
public final class LuaVerticle extends VerticleBase {

    /** How long stopping waits for {@code on_disconnect}: less than the daemon waits for the script. */
    static final Duration FAREWELL_LIMIT = Duration.ofSeconds(5);

    /** The same while the daemon goes on, because another run has taken the place of this one; then for {@code reload}, too. */
    static final Duration REPLACED_LIMIT = Duration.ofMinutes(1);

    private final LuaScriptEngine engine;
    private final Path configuration;
    private final ScriptHost host;
    private final Duration limit;
    private final Duration farewellLimit;
    private final Function<Vertx, Outside> outside;
    private Optional<ScriptWorker> worker = Optional.empty();
    private Optional<LuaState> state = Optional.empty();
    private Optional<Libraries> libraries = Optional.empty();
    private Optional<Farewells> farewells = Optional.empty();
    private Optional<Reload> reload = Optional.empty();
    private volatile boolean stopped;

    /**
     * @param configuration opened and named in error texts exactly as given
     * @param limit         how long a handler may compute without waiting
     */
    public LuaVerticle(LuaScriptEngine engine, Path configuration, ScriptHost host, Duration limit) {
        this(engine, configuration, host, limit, Outside::real);
    }

    /**
     * @param outside what the script's libraries reach, made when the script starts
     */
    public LuaVerticle(LuaScriptEngine engine, Path configuration, ScriptHost host, Duration limit,
            Function<Vertx, Outside> outside) {
        this(engine, configuration, host, limit, FAREWELL_LIMIT, outside);
    }

    /**
     * @param farewellLimit how long stopping waits for {@code on_disconnect}
     */
    LuaVerticle(LuaScriptEngine engine, Path configuration, ScriptHost host, Duration limit, Duration farewellLimit,
            Function<Vertx, Outside> outside) {
        this.engine = engine;
        this.configuration = configuration;
        this.host = host;
        this.limit = limit;
        this.farewellLimit = farewellLimit;
        this.outside = outside;
    }

    @Override
    public Future<?> start() {
        ScriptWorker own = new ScriptWorker((ContextInternal) context, host);
        worker = Optional.of(own);
        Promise<Void> started = Promise.promise();
        turn(() -> {
            try {
                begin().onComplete(started);
            } catch (ScriptException | RuntimeException e) {
                stopped = true;
                close();
                started.fail(e);
            }
        });
        return started.future();
    }

    private Future<Void> begin() throws ScriptException {
        LuaState opened = new CountedTasks(engine.open(new LuaSetup(this::turn, limit)),
                SharedGauges.of(host));
        state = Optional.of(opened);
        return run(opened);
    }

    /** Called on any thread; once stopped there is nobody to give a turn to, nor to those who wait for theirs. */
    private void turn(Runnable command) {
        ScriptWorker own = worker.orElseThrow();
        if (!stopped) {
            own.context().runOnContext(_ -> {
                if (!stopped) {
                    own.watched(command);
                }
            });
        }
    }

    private Future<Void> run(LuaState lua) throws ScriptException {
        Outside world = outside.apply(vertx);
        ScriptErrors errors = new ScriptErrors(host, world, this::turn);
        Callbacks callbacks = new Callbacks(lua, errors, this::turn);
        Libraries opened = new Libraries(new LibrarySetup(vertx, host, callbacks, world));
        libraries = Optional.of(opened);
        world.open(lua);
        opened.open(lua);
        Reload reloading = new Reload(lua, callbacks);
        reload = Optional.of(reloading);
        load(lua);
        world.loaded(lua);
        opened.configured(lua);
        HandlerErrors handlers = new HandlerErrors(errors);
        Farewells sayer = new Farewells(lua, host, this::turn, handlers);
        farewells = Optional.of(sayer);
        Questions questions = new Questions(lua, opened.listeners(), handlers, new HandlerCalls(host.meters()),
                sayer);
        ScriptRun own = host.run();
        return Future.join(consume(own.events(), questions::take), consume(own.ping(), request -> request.reply("")),
                consume(own.reload(), request -> reloading.request(how -> turn(() -> {
                    opened.reloaded(lua);
                    request.reply(how);
                })))).mapEmpty();
    }

    private <T> Future<Void> consume(String address, Handler<Message<T>> handler) {
        ScriptWorker own = worker.orElseThrow();
        return vertx.eventBus().<T>localConsumer(address, message -> own.watched(() -> handler.handle(message)))
                .completion();
    }

    private void load(LuaState lua) throws ScriptException {
        ByteString source = ConfigurationFile.read(configuration);
        try {
            lua.run(ConfigurationFile.runner(), "=[myproxy]", LuaValue.of(source), LuaValue.of("@" + configuration));
        } catch (LuaError e) {
            throw new ScriptException(e.text().utf8(), e);
        }
    }

    /** Lets {@code on_disconnect} end for the sessions that are over, for a short time; {@code reload} if the daemon goes on. */
    @Override
    public Future<?> stop() {
        Promise<Void> over = Promise.promise();
        turn(() -> {
            boolean replaced = host.run().isReplaced();
            long timer = vertx.setTimer((replaced ? REPLACED_LIMIT : farewellLimit).toMillis(),
                    _ -> over.tryComplete());
            Future<Void> reloaded = reload.filter(_ -> replaced).map(Reload::idle).orElseGet(Future::succeededFuture);
            Future.join(farewells.map(Farewells::drained).orElseGet(Future::succeededFuture), reloaded)
                    // in a turn of its own, after those that what has ended here has left behind
                    .onComplete(_ -> turn(() -> {
                        vertx.cancelTimer(timer);
                        over.tryComplete();
                    }));
        });
        return over.future().onComplete(_ -> end());
    }

    private void end() {
        farewells.map(Farewells::pending).filter(pending -> pending > 0).ifPresent(pending -> host.scriptError(
                "on_disconnect: stopping although " + pending + (pending == 1 ? " call has" : " calls have")
                        + " not ended"));
        stopped = true;
        close();
    }

    private void close() {
        farewells.ifPresent(Farewells::close);
        libraries.ifPresent(Libraries::close);
        state.ifPresent(LuaState::close);
        worker.ifPresent(ScriptWorker::close);
        // what waits for the garbage collector to tell that it is not needed would keep itself alive through here
        libraries = Optional.empty();
        state = Optional.empty();
        farewells = Optional.empty();
        reload = Optional.empty();
    }
}
