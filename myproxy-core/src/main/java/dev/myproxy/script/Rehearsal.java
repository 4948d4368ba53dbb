package dev.myproxy.script;

import io.vertx.core.Deployable;
import java.util.List;
import java.util.function.Supplier;

/**
 * A run of a configuration that nobody sees outside of this process, to find mistakes.
 *
 * @param verticle   as {@link ScriptEngine#verticle}, but waits for nothing, asks no name server, and connects to nothing
 * @param inspection says what looks wrong in the sources, to be asked when the verticle has been deployed, or has failed
 */
public record Rehearsal(Deployable verticle, Supplier<List<Finding>> inspection) {}
