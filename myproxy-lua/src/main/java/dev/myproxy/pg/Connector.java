package dev.myproxy.pg;

import dev.myproxy.pg.conninfo.HostOrder;
import dev.myproxy.pg.conninfo.TargetSession;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Opens connections: tries the servers of a database one after the other. For one event loop. */
final class Connector {

    private final ContextInternal context;
    private final PgTarget target;

    Connector(ContextInternal context, PgTarget target) {
        this.context = context;
        this.target = target;
    }

    /** Fails with a {@link PgFailure} that says of each server why not. */
    Future<Wire> connect() {
        return target.wanted() == TargetSession.PREFER_STANDBY
                ? connect(TargetSession.STANDBY).recover(_ -> connect(TargetSession.ANY))
                : connect(target.wanted());
    }

    private Future<Wire> connect(TargetSession wanted) {
        List<Server> servers = new ArrayList<>(target.servers());
        if (target.order() == HostOrder.RANDOM) {
            Collections.shuffle(servers);
        }
        return next(servers, wanted, new ArrayList<>());
    }

    private Future<Wire> next(List<Server> left, TargetSession wanted, List<String> failures) {
        if (left.isEmpty()) {
            return context.failedFuture(new PgFailure(String.join("\n", failures)));
        }
        Server server = left.removeFirst();
        return Wire.open(context, target.tcp(), server.options(), target.within())
                .compose(wire -> SessionKind.check(context, wire, wanted, target.within()))
                .recover(failure -> {
                    failures.add(ConnectFailure.text(server, failure));
                    return next(left, wanted, failures);
                });
    }
}
