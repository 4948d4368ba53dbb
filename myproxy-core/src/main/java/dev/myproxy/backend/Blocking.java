package dev.myproxy.backend;

import dev.myproxy.auth.AuthStep;
import io.vertx.core.Future;
import java.util.concurrent.Callable;

/** Where steps run that take too long for an event loop. */
@FunctionalInterface
public interface Blocking {

    /** Runs a step elsewhere; the future completes on the event loop. */
    Future<AuthStep> run(Callable<AuthStep> step);
}
