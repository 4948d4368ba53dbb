package dev.myproxy.admin;

import dev.myproxy.cluster.Cluster;
import dev.myproxy.cluster.ClusterBus;
import dev.myproxy.session.SessionBus;
import dev.myproxy.session.SessionSnapshot;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;

/** What the event bus knows: sessions and clusters. */
final class Subjects {

    private final EventBus bus;

    Subjects(EventBus bus) {
        this.bus = bus;
    }

    /** All sessions, in any order. */
    Future<List<SessionSnapshot>> sessions() {
        return bus.<SessionBus.Listing>request(SessionBus.LIST, new SessionBus.ListAll())
                .map(answer -> answer.body().sessions());
    }

    /** Ends a session, which gets an ERR packet that says so; false if there is no such session. */
    Future<Boolean> kill(long id) {
        return bus.<Boolean>request(SessionBus.KILL, new SessionBus.Kill(id)).map(answer -> answer.body());
    }

    /** All clusters, in the order in which they were made; none before the configuration is loaded. */
    Future<List<Cluster>> clusters() {
        return bus.<ClusterBus.Listing>request(ClusterBus.LIST, null).map(answer -> answer.body().clusters())
                .recover(failure -> failure instanceof ReplyException none
                        && none.failureType() == ReplyFailure.NO_HANDLERS
                                ? Future.succeededFuture(List.of())
                                : Future.failedFuture(failure));
    }
}
