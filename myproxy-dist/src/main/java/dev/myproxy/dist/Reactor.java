package dev.myproxy.dist;

import dev.myproxy.address.AddressResolver;
import dev.myproxy.transport.Transport;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Creates the Vert.x instance of the process. */
final class Reactor {

    /** Environment variable or system property with the number of event loops. */
    static final String EVENT_LOOPS = "MYPROXY_EVENT_LOOPS";

    /** Threads for what blocks outside the script: binding, looking up names. Vert.x would take 20 for each kind. */
    private static final int POOL_SIZE = 4;

    private Reactor() {}

    /** A system property, or else an environment variable. */
    static @Nullable String setting(String name) {
        String property = System.getProperty(name);
        return property == null ? System.getenv(name) : property;
    }

    /** An instance on the native transport if that works here, and on Java's otherwise. */
    static Vertx start(int eventLoops) {
        return Vertx.builder().with(options(eventLoops)).withTransport(Transport.preferred()).build();
    }

    /** The same, measured by a registry. */
    static Vertx start(int eventLoops, MeterRegistry meters) {
        return start(eventLoops, meters, Transport.preferred());
    }

    /** An instance on a transport of Vert.x's, measured by a registry. */
    static Vertx start(int eventLoops, MeterRegistry meters, io.vertx.core.transport.Transport transport) {
        return VertxMeters.measure(Vertx.builder(), options(eventLoops), meters).withTransport(transport).build();
    }

    private static VertxOptions options(int eventLoops) {
        return new VertxOptions().setEventLoopPoolSize(eventLoops).setWorkerPoolSize(POOL_SIZE)
                .setInternalBlockingPoolSize(POOL_SIZE).setAddressResolverOptions(AddressResolver.options())
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    /**
     * How many event loops there shall be: half the cores, at least one, because the servers need the others.
     *
     * @param settings gives the value of a variable, or null
     * @throws FatalException if a variable holds anything but a positive number
     */
    static int eventLoops(int cores, Function<String, @Nullable String> settings) throws FatalException {
        Optional<String> wanted = Optional.ofNullable(settings.apply(EVENT_LOOPS));
        try {
            int loops = wanted.map(Integer::parseInt).orElse(Math.max(1, cores / 2));
            if (loops > 0 && loops <= 1024) {
                return loops;
            }
        } catch (NumberFormatException _) {
            // answered below, as any other bad value
        }
        throw new FatalException(ExitCode.CONFIG,
                EVENT_LOOPS + " is \"" + wanted.orElse("") + "\", but must be a number from 1 to 1024");
    }
}
