package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import io.vertx.core.Future;

/** Finds out how a server is. Called on the context of a cluster's monitor. */
@FunctionalInterface
public interface Probe {

    /**
     * Checks a server, which takes no longer than its settings allow. May complete on any thread. Checks of several servers may be
     * under way at once, but of each server one.
     *
     * @return what was found; fails with nothing but {@link NotCheckedException}
     */
    Future<CheckResult> check(Address server);

    /** Ends the checks that are under way; nobody waits for what they find. There are no further ones. */
    default void close() {}
}
