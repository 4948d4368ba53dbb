package dev.myproxy.cluster.check;

import dev.myproxy.address.Address;
import dev.myproxy.cluster.CheckResult;
import dev.myproxy.cluster.CheckSettings;
import dev.myproxy.cluster.Probe;
import dev.myproxy.script.ServerLink;
import dev.myproxy.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks servers over connections of its own.
 *
 * <p>With an account: connects, logs in by any plugin that a session's login knows, asks what the settings want to know,
 * and leaves with COM_QUIT. All that has one time limit; whatever hangs, the connection is closed by then and the reason
 * says in which step it hung.
 *
 * <p>Without an account the greeting decides. A connection that ends there would count as an error of this host, and after
 * {@code max_connect_errors} of them in a row (100 by default) a server refuses it with {@code Host is blocked}. That is so
 * whatever stands in the place of the handshake response: nothing, COM_QUIT, or a request for TLS. So the handshake goes on
 * to its end, with an empty user name and no password. A refusal of that is counted as a failed authentication, which
 * blocks nobody, and locks no account because none is meant; whoever does not want to find it in the server's log gives
 * the check an account. The answer to it is waited for a second at most.
 *
 * <p>Safe to use from every thread. A check's future completes on the context that asked for it.
 */
public final class HealthCheck implements Probe {

    private final VertxInternal vertx;
    private final Transport transport;
    private final CheckSettings settings;
    private final ServerLink link;
    private final KnownLags lags = new KnownLags(System::nanoTime);
    private final Set<CheckRun> underWay = ConcurrentHashMap.newKeySet();

    /** Checks over connections that begin as usual. */
    public HealthCheck(Vertx vertx, Transport transport, CheckSettings settings) {
        this(vertx, transport, settings, ServerLink.PLAIN);
    }

    /** @param link how connections begin, which are no client's */
    public HealthCheck(Vertx vertx, Transport transport, CheckSettings settings, ServerLink link) {
        this.link = link;
        this.vertx = (VertxInternal) vertx;
        this.transport = transport;
        this.settings = settings;
    }

    @Override
    public Future<CheckResult> check(Address server) {
        ContextInternal context = vertx.getOrCreateContext();
        CheckRun run = new CheckRun(context, transport, server, settings, link, lags.of(server));
        underWay.add(run);
        context.nettyEventLoop().execute(run::start);
        return run.result().onComplete(_ -> underWay.remove(run))
                .onSuccess(result -> result.lag().ifPresent(lag -> lags.found(server, lag)));
    }

    @Override
    public void close() {
        underWay.forEach(CheckRun::stop);
    }
}
