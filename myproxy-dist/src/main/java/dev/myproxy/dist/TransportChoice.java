package dev.myproxy.dist;

import dev.myproxy.transport.IoUringLoops;
import dev.myproxy.transport.Transport;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the administrator wants connections to be driven by. */
enum TransportChoice {

    /** epoll where it works, else Java's own channels. */
    AUTO,

    /** io_uring for MySQL clients and servers, where the system allows it; epoll for everything else. */
    IO_URING,

    /** epoll for everything. */
    EPOLL,

    /** Java's own channels for everything. */
    NIO;

    /** Environment variable or system property with the name of one of these. */
    static final String TRANSPORT = "MYPROXY_TRANSPORT";

    private static final Logger LOG = LoggerFactory.getLogger(TransportChoice.class);

    /**
     * The choice that was made.
     *
     * @param settings gives the value of a variable, or null
     * @throws FatalException if the variable holds another word
     */
    static TransportChoice of(Function<String, @Nullable String> settings) throws FatalException {
        String wanted = Optional.ofNullable(settings.apply(TRANSPORT)).orElse(AUTO.word());
        return Arrays.stream(values()).filter(choice -> choice.word().equals(wanted)).findFirst()
                .orElseThrow(() -> new FatalException(ExitCode.CONFIG, TRANSPORT + " is \"" + wanted
                        + "\", but must be one of "
                        + Arrays.stream(values()).map(TransportChoice::word).collect(Collectors.joining(", "))));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What Vert.x shall drive its own sockets by.
     *
     * @throws FatalException if what was chosen does not work here
     */
    io.vertx.core.transport.Transport ofVertx() throws FatalException {
        if (this == NIO) {
            return io.vertx.core.transport.Transport.NIO;
        }
        Optional<String> obstacle = Transport.whyNotNative();
        if (this != AUTO && obstacle.isPresent()) {
            throw unusable(obstacle.get());
        }
        return Transport.preferred();
    }

    /**
     * What the sessions of MySQL clients are driven by. Says in the log if that is not what was chosen.
     *
     * @param vertx made with {@link #ofVertx}
     * @param loops how many event loops there shall be
     */
    Transport ofSessions(Vertx vertx, int loops) {
        return ofSessions(vertx, loops, IoUringLoops::unavailable);
    }

    /** @param unavailable why io_uring can't be used, empty if it can */
    Transport ofSessions(Vertx vertx, int loops, Supplier<Optional<String>> unavailable) {
        Transport own = Transport.of(vertx);
        if (this != IO_URING) {
            return own;
        }
        Optional<String> obstacle = unavailable.get();
        if (obstacle.isEmpty()) {
            return Transport.ioUring(loops);
        }
        LOG.warn("io_uring does not work here, so epoll is in use: {}", obstacle.get());
        return own;
    }

    private FatalException unusable(String reason) {
        return new FatalException(ExitCode.CONFIG, TRANSPORT + " is \"" + word() + "\", which does not work here: "
                + reason);
    }
}
