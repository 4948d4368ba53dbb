package dev.myproxy.lua.lib;

import dev.myproxy.script.ScriptHost;
import io.vertx.core.Vertx;

/**
 * What libraries are made with.
 *
 * @param vertx     event loops and timers. Futures that a script waits for must not be completed on the context of the
 *                  script, which is blocked while the configuration waits for them
 * @param host      the daemon
 * @param callbacks runs functions of the script that no client waits for
 * @param outside   clocks, timers, name servers, environment
 */
public record LibrarySetup(Vertx vertx, ScriptHost host, Callbacks callbacks, Outside outside) {}
