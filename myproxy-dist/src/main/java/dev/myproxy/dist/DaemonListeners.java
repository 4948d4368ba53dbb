package dev.myproxy.dist;

import dev.myproxy.address.Address;
import io.vertx.core.internal.VertxInternal;
import io.netty.util.concurrent.EventExecutor;
import java.util.HashSet;
import java.util.Set;
import java.util.Collection;
import dev.myproxy.inherit.InheritedSocket;
import dev.myproxy.inherit.InheritedSockets;
import dev.myproxy.script.Where;
import dev.myproxy.admin.DaemonState;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.http.Readiness;
import dev.myproxy.listen.EventLoopBalance;
import dev.myproxy.listen.ListenBus;
import dev.myproxy.metrics.Exposition;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.script.ClientLimits;
import dev.myproxy.script.Handlers;
import dev.myproxy.session.Drain;
import dev.myproxy.session.DrainProgress;
import dev.myproxy.session.SessionSettings;
import dev.myproxy.session.Sessions;
import dev.myproxy.transport.EventLoopContexts;
import dev.myproxy.address.Address;
import dev.myproxy.tls.TlsOffer;
import dev.myproxy.transport.Transport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of the running daemon, the sessions of the clients that they accept, metrics, state, and commands. */
final class DaemonListeners implements Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(DaemonListeners.class);

    private final Vertx vertx;
    private final InheritedSockets inherited;
    private final Transport transport;
    private final Binder clients;
    private final List<Binder> binders;
    private final MetricsListeners metrics;
    private final ControlListeners control;
    private final AdminListeners admins;
    private final Status status;
    private final Sessions sessions;
    /** Whether clients may come over TCP, who encrypt their passwords for the daemon's own key. */
    private volatile boolean encrypted;
    /** Whether clients are offered TLS with a certificate of the daemon's own. */
    private volatile boolean offersTls;
    private volatile boolean prepared;
    private final Drain drain;
    private volatile Duration shutdownTimeout = Drain.DEFAULT_LIMIT;
    private Optional<Future<?>> drained = Optional.empty();
    private final Readiness readiness = new Readiness("the configuration is loading");

    /**
     * @param transport what MySQL clients and servers are connected with; everything else is on Vert.x's own
     * @param inherited what the daemon was started with
     * @param base      directory that relative socket paths start from
     * @param meters    what the page with the metrics shows
     * @param status    what is shown of the daemon, which gets to know the listeners here
     */
    DaemonListeners(Vertx vertx, Transport transport, InheritedSockets inherited, Path base,
            PrometheusMeterRegistry meters, Status status) {
        this.inherited = inherited;
        this.transport = transport;
        this.vertx = vertx;
        this.status = status;
        Transport own = Transport.quiet(vertx);
        EventLoopBalance loops = new EventLoopBalance(vertx);
        EventLoopContexts contexts = new EventLoopContexts(vertx);
        Deployer deployer = new Deployer(vertx);
        DaemonMeters counted = new DaemonMeters(deployer, transport, meters, readiness);
        Places places = new Places(base, inherited);
        clients = new Binder("mysql", deployer, transport, places, new EventLoopBalance(transport.loops()));
        Binder forMetrics = new Binder("prometheus", deployer, own, places, loops);
        Binder forControl = new Binder("control", deployer, own, places, loops);
        Binder forAdmins = new Binder("admin", deployer, own, places, loops);
        binders = List.of(clients, forMetrics, forControl, forAdmins);
        binders.forEach(status::shows);
        metrics = new MetricsListeners(vertx, forMetrics, contexts, new Exposition(meters), readiness, counted::show);
        control = new ControlListeners(vertx.eventBus(), forControl, places, meters);
        admins = new AdminListeners(vertx, forAdmins, places, contexts, status);
        sessions = new Sessions(contexts, transport, SessionSettings.DEFAULT, counted.sessions());
        sessions.listenOn(vertx.eventBus());
        CertificateWatch.start(vertx, sessions.tls());
        meters.getPrometheusRegistry().register(new CertificateMeters(sessions.tls()));
        drain = new Drain(sessions, vertx);
        status.drains(drain::progress);
        status.admits(sessions::admissions);
        Gauge.builder("myproxy.draining", drain, each -> each.progress().isPresent() ? 1 : 0)
                .description("1 while the daemon stops and lets its clients go, else 0").register(meters);
    }

    @Override
    public void bind(Where where, Handlers handlers) throws IOException {
        boolean usual = handlers.options().tls() instanceof TlsOffer.Usual;
        offersTls |= usual;
        if (usual && where instanceof Where.At(Address.Inet _)) {
            // It is made while the configuration goes on.
            var _ = sessions.tls().usual();
        }
        clients.bind(where, sessions.listener(handlers), sessions.withoutDescriptor());
        encrypted |= where instanceof Where.At(Address.Inet _) && handlers.options().rsaKey().isEmpty();
    }

    @Override
    public void bindMetrics(Where where) throws IOException {
        metrics.bind(where);
    }

    @Override
    public void bindControl(Where where, ControlOptions options) throws IOException {
        control.bind(where, options);
    }

    @Override
    public void bindAdmin(Where where, AdminOptions options) throws IOException {
        admins.bind(where, options);
    }

    @Override
    public int count() {
        return clients.count();
    }

    @Override
    public int sessions() {
        return sessions.count();
    }

    @Override
    public Collection<EventExecutor> eventLoops() {
        Set<EventExecutor> loops = new HashSet<>();
        VertxInternal internal = (VertxInternal) vertx;
        internal.nettyEventLoopGroup().forEach(loops::add);
        internal.acceptorEventLoopGroup().forEach(loops::add);
        transport.loops().forEach(loops::add);
        return loops;
    }

    @Override
    public List<String> unused() {
        return inherited.left().stream().map(InheritedSocket::toString).toList();
    }

    @Override
    public void begin() {
        inherited.begin();
        binders.forEach(binder -> binder.turnover().begin());
    }

    @Override
    public Future<?> rollback() {
        inherited.rollback();
        return Future.join(binders.stream().map(binder -> binder.turnover().rollback()).toList());
    }

    @Override
    public void accept() {
        binders.forEach(
                binder -> binder.turnover().commit().onFailure(e -> LOG.error("A listener can't be closed", e)));
        ListenBus.accept(vertx);
        readiness.ready();
        status.becomes(DaemonState.READY);
        if (prepared) {
            prepare();
        }
        if (encrypted) {
            sessions.expectEncryptedPasswords();
        }
    }

    @Override
    public void prepare() {
        prepared = true;
        if (offersTls) {
            Thread.ofPlatform().name("myproxy-tls").daemon().start(() -> {
                var _ = sessions.tls().usual();
            });
        }
    }

    @Override
    public void refreshCertificates() {
        CertificateWatch.refresh(sessions.tls(), true);
    }

    @Override
    public void limit(ClientLimits limits) {
        sessions.limit(limits);
    }

    @Override
    public void shutdownTimeout(Duration limit) {
        shutdownTimeout = limit;
    }

    @Override
    public Optional<DrainProgress> progress() {
        return drain.progress();
    }

    @Override
    public synchronized Future<?> drain(boolean atOnce) {
        if (drained.isEmpty()) {
            readiness.notReady("the daemon is stopping");
            status.becomes(DaemonState.STOPPING);
            Duration limit = atOnce ? Duration.ZERO : shutdownTimeout;
            drained = Optional.of(clients.close().eventually(() -> drain.begin(limit)));
        }
        return drained.get();
    }

    /** Metrics and state can be read, and commands sent, until the last session has ended. */
    @Override
    public Future<?> close() {
        return drain(true).eventually(() -> Future.join(control.close(), metrics.close(), admins.close()));
    }
}
