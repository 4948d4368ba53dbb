package dev.myproxy.lua.lib;

import dev.myproxy.script.Upstream;

/** An object that {@code client:connect} takes as its target. */
public interface ConnectTarget {

    /** Where to connect to. */
    Upstream upstream();
}
