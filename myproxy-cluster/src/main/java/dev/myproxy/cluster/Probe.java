package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import io.vertx.core.Future;

/** Finds out how a server is. */
@FunctionalInterface
public interface Probe {

    /** Checks a server; never fails, and takes no longer than its settings allow. */
    Future<CheckResult> check(Address server);
}
