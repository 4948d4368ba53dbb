package dev.myproxy.lua.check.outside;

import dev.myproxy.posix.Environment;
import dev.myproxy.address.Address;
import dev.myproxy.address.ParsedAddress;
import dev.myproxy.cluster.Clusters;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.lua.lib.Outside;
import dev.myproxy.lua.lib.cluster.ClusterLibrary;
import dev.myproxy.lua.lib.cluster.ClusterSource;
import dev.myproxy.lua.lib.net.ControlLibrary;
import dev.myproxy.lua.lib.pg.PgLib;
import dev.myproxy.lua.net.Network;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The outside of a configuration that is checked. All waiting is over at once, and the clock goes forward by it; each host name
 * has an address, a made-up one of the range for documentation; sockets can't be connected, and control clients talk to nobody. The
 * environment is the real one.
 */
public final class CheckedOutside implements Outside {

    /** A configuration that waits more often waits for something that never comes. */
    private static final int MAX_WAITS = 10_000;

    private final Executor threads;
    private final Path configuration;
    private final LoadedFiles files;
    private final AtomicLong skippedNanos = new AtomicLong();
    private final AtomicInteger waits = new AtomicInteger();

    /**
     * @param configuration the file that is checked
     * @param files         takes it, and those that it loads
     */
    public CheckedOutside(Vertx vertx, Path configuration, LoadedFiles files) {
        this.threads = ((VertxInternal) vertx).nettyEventLoopGroup();
        this.configuration = configuration;
        this.files = files;
    }

    @Override
    public Instant now() {
        return Instant.now().plusNanos(skippedNanos.get());
    }

    @Override
    public long nanoTime() {
        return System.nanoTime() + skippedNanos.get();
    }

    @Override
    public Runnable after(Duration delay, Runnable command) {
        if (waits.incrementAndGet() > MAX_WAITS) {
            throw LuaError
                    .positioned("waits for ever: in a check, where nothing answers, it waited " + MAX_WAITS + " times");
        }
        skippedNanos.addAndGet(Math.min(delay.toNanos(), Duration.ofDays(1).toNanos()));
        threads.execute(command);
        return () -> {};
    }

    @Override
    public Future<Address> resolve(ParsedAddress.Named name) {
        return Future.succeededFuture(resolveBlocking(name));
    }

    /** Always the same one for the same name, and others for others. */
    @Override
    public Address resolveBlocking(ParsedAddress.Named name) {
        if (name.host().equals("localhost")) {
            return Address.inet(InetAddress.getLoopbackAddress(), name.port());
        }
        long number = UUID.nameUUIDFromBytes(name.host().getBytes(StandardCharsets.UTF_8)).getLeastSignificantBits();
        try {
            byte[] ip = ByteBuffer.allocate(16).putInt(0x20010db8).putInt(0).putLong(number).array();
            return Address.inet(InetAddress.getByAddress(ip), name.port());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Network network() {
        return (_, _, _) -> Future.failedFuture(new IOException("not connected: this is a check"));
    }

    @Override
    public Map<String, String> environment() {
        return Environment.variables();
    }

    @Override
    public List<LuaLibrary> replacements(LibrarySetup setup) {
        return List.of(new PgLib(setup, new EmptyDatabases()),
                new ClusterLibrary(setup, idleClusters(setup.vertx())),
                new ControlLibrary(setup, (_, _, _) -> Future.succeededFuture(new DeafSocket())));
    }

    /** Clusters that nobody watches, whatever their settings say. */
    private static ClusterSource idleClusters(Vertx vertx) {
        return new Clusters(vertx, _ -> server -> Future.failedFuture("not checked: " + server))::of;
    }

    @Override
    public void open(LuaState lua) {
        files.add(configuration.toString());
        files.watch(lua);
    }

    @Override
    public void loaded(LuaState lua) {
        files.takeGlobals(lua);
    }
}
