package dev.myproxy.admin;

import dev.myproxy.session.AdmissionSnapshot;
import dev.myproxy.session.DrainProgress;
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

    /** All listeners, in the order in which they were made. */
    List<ListenerRow> listeners();
}
