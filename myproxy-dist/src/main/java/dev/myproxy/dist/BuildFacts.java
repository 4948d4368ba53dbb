package dev.myproxy.dist;

import dev.myproxy.metrics.Metric;
import dev.myproxy.transport.Sockets;
import io.netty.util.Version;
import io.vertx.core.Vertx;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the running daemon consists of.
 *
 * @param version   of myproxy
 * @param transport what drives its sockets
 */
record BuildFacts(String version, String java, String vertx, String netty, String transport) {

    private static final String UNKNOWN = "unknown";

    static BuildFacts of(Sockets sockets) {
        Version netty = Version.identify().get("netty-transport");
        return new BuildFacts(CommandLine.version(), Runtime.version().toString(), version(Vertx.class),
                netty == null ? UNKNOWN : netty.artifactVersion(), sockets.name().toLowerCase(Locale.ROOT));
    }

    private static String version(Class<?> type) {
        @Nullable
        String version = type.getPackage().getImplementationVersion();
        return Optional.ofNullable(version).orElse(UNKNOWN);
    }

    Metric.Facts metric() {
        return new Metric.Facts("myproxy_build", "What the running daemon consists of", "version", version, "java",
                java, "vertx", vertx, "netty", netty, "transport", transport);
    }
}
