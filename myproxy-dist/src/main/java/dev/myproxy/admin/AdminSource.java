package dev.myproxy.admin;

import dev.myproxy.session.AdmissionSnapshot;
import dev.myproxy.session.DrainProgress;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** What is shown of the daemon besides sessions and nodes. Its methods may be called on every thread and don't block. */
public interface AdminSource {

    DaemonRow daemon();

    /** Whether clients are let in, or why not. */
    DaemonState state();

    /** How many clients there are, and may be. */
    AdmissionSnapshot admissions();

    /** How far that is, if clients are let go because the daemon stops. */
    Optional<DrainProgress> drain();

    ScriptRow script();

    /**
     * Does what SIGHUP does.
     *
     * @return completes with what was done, in words; fails, with a text for the administrator, if that was not possible or
     *         there is nothing to do. On any thread
     */
    Future<String> reload();

    /** All listeners, in the order in which they were made. */
    List<ListenerRow> listeners();
}
