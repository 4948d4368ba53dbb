package dev.myproxy.admin;

import java.util.List;

/** What is shown of the daemon besides sessions and nodes. Its methods may be called on every thread and don't block. */
public interface AdminSource {

    DaemonRow daemon();

    /** Whether clients are let in, or why not. */
    DaemonState state();

    ScriptRow script();

    /** All listeners, in the order in which they were made. */
    List<ListenerRow> listeners();
}
