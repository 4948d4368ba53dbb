package dev.myproxy.lua.lib;

import dev.myproxy.address.Address;
import dev.myproxy.address.AddressException;
import dev.myproxy.address.AddressResolver;
import dev.myproxy.address.ParsedAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The outside of scripts in the daemon. */
final class RealOutside implements Outside {

    /** Not Vert.x's timers: on the script's own context they would never fire while the configuration blocks that. */
    private final ScheduledExecutorService timers;

    private final AddressResolver resolver;

    RealOutside(Vertx vertx) {
        timers = ((VertxInternal) vertx).nettyEventLoopGroup();
        resolver = new AddressResolver(vertx);
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
    public Address resolveBlocking(ParsedAddress.Named name) throws AddressException {
        return AddressResolver.resolveBlocking(name);
    }

    @Override
    public Map<String, String> environment() {
        return System.getenv();
    }
}
