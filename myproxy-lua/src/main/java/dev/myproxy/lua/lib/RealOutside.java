package dev.myproxy.lua.lib;

import dev.myproxy.posix.Environment;
import dev.myproxy.address.Address;
import dev.myproxy.address.AddressException;
import dev.myproxy.address.AddressResolver;
import dev.myproxy.address.ParsedAddress;
import dev.myproxy.lua.net.NettyNetwork;
import dev.myproxy.lua.net.Network;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The outside of scripts in the daemon. */
final class RealOutside implements Outside {

    private static final int LOOKUPS = 4;

    /** Not Vert.x's timers: on the script's own context they would never fire while the configuration blocks that. */
    private final ScheduledExecutorService timers;

    private final AddressResolver resolver;
    private final Executor lookups = lookups();
    private final Network network;

    RealOutside(Vertx vertx) {
        timers = ((VertxInternal) vertx).nettyEventLoopGroup();
        resolver = new AddressResolver(vertx);
        network = new NettyNetwork(vertx);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Runnable after(Duration delay, Runnable command) {
        ScheduledFuture<?> timer = timers.schedule(command, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    @Override
    public Future<Address> resolve(ParsedAddress.Named name) {
        return resolver.resolve(name);
    }

    @Override
    public Future<Address> resolveLikeLibc(ParsedAddress.Named name) {
        Promise<Address> promise = Promise.promise();
        lookups.execute(() -> {
            try {
                promise.complete(AddressResolver.resolveBlocking(name));
            } catch (AddressException | RuntimeException e) {
                promise.fail(e);
            }
        });
        return promise.future();
    }

    /** Threads that come when there is a name to look up, and go after it. */
    private static Executor lookups() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(LOOKUPS, LOOKUPS, 30, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), Thread.ofPlatform().name("lookup-", 0).daemon().factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Address resolveBlocking(ParsedAddress.Named name) throws AddressException {
        return AddressResolver.resolveBlocking(name);
    }

    @Override
    public Map<String, String> environment() {
        return Environment.variables();
    }
}
