package dev.myproxy.cgroup;

import io.vertx.core.Future;
import java.util.Optional;

/** Says in which control group a client is. */
@FunctionalInterface
public interface CgroupSource {

    /** For clients that are no processes of this machine. */
    CgroupSource NONE = () -> Future.succeededFuture(Optional.empty());

    /**
     * Finds out, as it is now.
     *
     * @return completed by a thread that may be kept waiting. Empty if the client is in no group of the unified
     *         hierarchy; fails if that can't be found out, say because the process is gone
     */
    Future<Optional<Cgroup>> read();
}
