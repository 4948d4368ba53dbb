package dev.myproxy.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ImmediateExecutor;
import java.lang.ref.Cleaner;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a listener shakes hands with its clients by. Safe to use from every thread.
 *
 * <p>A handshake takes the certificate that was read last; connections that stand keep theirs. Where there are files, they are
 * read when it is made, and again by {@link #refresh}: files that can't be used change nothing.
 */
public final class ListenerTls {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerTls.class);

    /** Checks the certificates of clients, which takes longer than an event loop should be kept. */
    private static final Executor CHECKS = Executors.newVirtualThreadPerTaskExecutor();

    /** Lets contexts go whose listener is gone: they have memory that the garbage collector does not know of. */
    private static final Cleaner CLEANER = Cleaner.create();

    /** What was made of one state of the files. */
    private record Made(SslContext context, Identity identity) {}

    /** Where the context is that is used now. */
    private static final class Slot implements Runnable {

        private final AtomicReference<@Nullable Made> made = new AtomicReference<>();

        void put(@Nullable Made next) {
            Made last = made.getAndSet(next);
            if (last != null) {
                ReferenceCountUtil.release(last.context());
            }
        }

        @Override
        public void run() {
            put(null);
        }
    }

    private final TlsOptions options;
    private final IdentitySource source;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final Slot current = new Slot();

    /** @throws TlsException if files can't be used */
    ListenerTls(TlsOptions options, IdentitySource source) throws TlsException {
        this.options = options;
        this.source = source;
        CLEANER.register(this, current);
        Optional<IdentitySource.Credentials> first = source.first();
        CHECKS.execute(() -> start(first));
    }

    private void start(Optional<IdentitySource.Credentials> first) {
        try {
            take(first.isPresent() ? first.get() : source.make());
            ready.complete(true);
        } catch (TlsException | RuntimeException | LinkageError e) {
            LOG.error("TLS is not offered: {}", String.valueOf(e.getMessage()), e);
            ready.complete(false);
        }
    }

    private synchronized void take(IdentitySource.Credentials credentials) throws TlsException {
        current.put(new Made(ServerContext.of(options, credentials.identity(), credentials.authorities()),
                credentials.identity()));
    }

    /** How TLS is offered. */
    public TlsOptions options() {
        return options;
    }

    /** Completes, on any thread, when it is known whether TLS can be offered: some milliseconds after it was made. */
    public CompletableFuture<Boolean> ready() {
        return ready;
    }

    /**
     * A handler for a channel whose client wants TLS. It waits for the handshake as long as the channel is open: the login has a
     * limit of its own. To be called when it is {@linkplain #ready() ready}.
     */
    public SslHandler newHandler(Channel channel) {
        Executor checks = options.clientCertificate() == ClientCertificate.NONE ? ImmediateExecutor.INSTANCE : CHECKS;
        while (true) {
            Made made = current.made.get();
            if (made == null) {
                throw new IllegalStateException("TLS is not ready");
            }
            try {
                ReferenceCountUtil.retain(made.context());
            } catch (IllegalReferenceCountException _) {
                // It was replaced this moment.
                continue;
            }
            try {
                SslHandler handler = new ClientSslHandler(made.context().newEngine(channel.alloc()), checks);
                handler.setHandshakeTimeoutMillis(0);
                return handler;
            } finally {
                ReferenceCountUtil.release(made.context());
            }
        }
    }

    /** The certificate that clients are shown; empty as long as there is none. */
    public Optional<X509Certificate> certificate() {
        return Optional.ofNullable(current.made.get()).map(made -> made.identity().leaf());
    }

    /** Where the certificate comes from, for people. */
    String name() {
        return source.name();
    }

    /**
     * Looks at the files, and takes what is new and can be used. Blocks as long as the file system does.
     *
     * @param asked whether somebody wants to know at once if they can't be used
     */
    synchronized void refresh(boolean asked) {
        if (current.made.get() == null) {
            return;
        }
        try {
            Optional<IdentitySource.Credentials> changed = source.changed();
            if (changed.isPresent()) {
                take(changed.get());
                LOG.info("TLS: took the new certificate in {}: {}", name(), changed.get().identity());
            }
        } catch (TlsException e) {
            if (source.isToBeReported(asked)) {
                LOG.warn("TLS: the certificate in {} stays the one that was read before: {}", name(), e.getMessage());
            }
        }
    }
}
