package dev.myproxy.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one shakes hands with servers by. Made by {@link #of}, which keeps those that were used lately: that reads files and builds
 * tables, which no login should have to wait for. When the files change it goes over to them; as long as they can't be used, what was
 * read before stays. Safe to use from every thread.
 */
public final class ServerTls {

    /** What a channel is encrypted with; nothing while it is not. */
    public static final AttributeKey<ServerTls> OF_CHANNEL = AttributeKey.valueOf(ServerTls.class, "channel");

    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    private static final int MOST_KEPT = 64;

    private static final Executor CHECKS = Executors.newVirtualThreadPerTaskExecutor();
    private static final Cleaner CLEANER = Cleaner.create();

    private static final Map<ServerTlsOptions, ServerTls> KEPT = new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ServerTlsOptions, ServerTls> eldest) {
            return size() > MOST_KEPT;
        }
    };

    /** Those that somebody has, kept or not: clusters have theirs from one reload to the next. */
    private static final Set<ServerTls> ALL = Collections.newSetFromMap(new WeakHashMap<>());

    /** What was made of the files in a certain state. Its context is released when nobody has it any more. */
    private static final class Made {

        private final SslContext context;
        private final List<Object> files;

        Made(SslContext context, List<Object> files) {
            this.context = context;
            this.files = files;
            CLEANER.register(this, () -> ReferenceCountUtil.release(context));
        }
    }

    /** Files in a state in which they can't be used. */
    private record Useless(List<Object> files, String reason) {}

    private final ServerTlsOptions options;
    private volatile Made made;
    /** Since the files can't be used: what is only kept concerns nobody. */
    private volatile boolean wanted;
    private Optional<Useless> useless = Optional.empty();
    private Optional<Useless> seen = Optional.empty();
    private Optional<Useless> reported = Optional.empty();

    private ServerTls(ServerTlsOptions options) throws TlsException {
        this.options = options;
        List<Object> files = states(options);
        made = new Made(newContext(options), files);
    }

    /**
     * What belongs to some options, always the same as long as it is kept. Looks at the files that they name, and blocks as long as the
     * file system does.
     *
     * @throws TlsException if there are files that can't be used, and never could
     */
    public static ServerTls of(ServerTlsOptions options) throws TlsException {
        Optional<ServerTls> known;
        synchronized (KEPT) {
            known = Optional.ofNullable(KEPT.get(options));
        }
        if (known.isPresent()) {
            known.get().refresh();
            return known.get();
        }
        ServerTls fresh = new ServerTls(options);
        synchronized (KEPT) {
            ServerTls earlier = KEPT.putIfAbsent(options, fresh);
            if (earlier != null) {
                return earlier;
            }
            ALL.add(fresh);
            return fresh;
        }
    }

    /**
     * Reads all files again that have changed. Blocks as long as the file system does.
     *
     * @param asked whether somebody wants to know at once about files that can't be used but are needed; else they may be replaced one
     *              after the other at this moment, and are reported the next time
     */
    public static void refreshAll(boolean asked) {
        List<ServerTls> all;
        synchronized (KEPT) {
            all = List.copyOf(ALL);
        }
        all.forEach(tls -> tls.refreshAndReport(asked));
    }

    private synchronized void refreshAndReport(boolean asked) {
        refresh();
        if (wanted && useless.isPresent() && !useless.equals(reported) && (asked || useless.equals(seen))) {
            reported = useless;
            LOG.warn("TLS with servers: what was read before stays in use: {}", useless.get().reason());
        }
        seen = useless;
    }

    private synchronized void refresh() {
        List<Object> now = states(options);
        if (now.equals(made.files)) {
            useless = Optional.empty();
        } else if (useless.isEmpty() || !now.equals(useless.get().files())) {
            try {
                made = new Made(newContext(options), now);
                useless = Optional.empty();
            } catch (TlsException e) {
                wanted = false;
                useless = Optional.of(new Useless(now, String.valueOf(e.getMessage())));
            }
        }
    }

    private static List<Object> states(ServerTlsOptions options) {
        List<Object> states = new ArrayList<>();
        TrustedAuthorities.file(options.authorities()).ifPresent(file -> states.add(state(file)));
        options.files().ifPresent(files -> {
            states.add(state(files.certificate()));
            states.add(state(files.key()));
        });
        return states;
    }

    private static Object state(Path file) {
        try {
            return List.of(Files.getLastModifiedTime(file), Files.size(file));
        } catch (IOException _) {
            return "unreadable";
        }
    }

    private static SslContext newContext(ServerTlsOptions options) throws TlsException {
        ServerChecks checks = new ServerChecks(options.verification(),
                TrustedAuthorities.of(TrustedAuthorities.file(options.authorities())));
        SslContextBuilder builder = SslContextBuilder.forClient()
                .protocols(TlsOptions.SELF_SIGNED.protocols()).trustManager(checks)
                .endpointIdentificationAlgorithm(null);
        if (options.files().isPresent()) {
            Identity identity = options.files().get().read();
            builder.keyManager(identity.key(), identity.chain().toArray(X509Certificate[]::new));
        }
        try {
            return Engine.context(builder);
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsException("TLS can't be spoken with servers: " + e.getMessage(), e);
        }
    }

    /** How TLS is spoken. */
    public ServerTlsOptions options() {
        return options;
    }

    /**
     * A handler for a channel to a server that has agreed to TLS. It waits for the handshake as long as the channel is open.
     *
     * @param host the server's, if the options name none
     */
    public SslHandler newHandler(Channel channel, String host) {
        wanted = true;
        Made current = made;
        try {
            SslHandler handler = current.context.newHandler(channel.alloc(), options.serverName().orElse(host), -1,
                    CHECKS);
            handler.setHandshakeTimeoutMillis(0);
            return handler;
        } finally {
            Reference.reachabilityFence(current);
        }
    }
}
