package dev.myproxy.cgroup;

import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import java.util.Optional;

/** A control group of the unified hierarchy (cgroups version 2). Safe to use from every thread. */
public interface Cgroup {

    /** Where it is in the hierarchy, beginning with a slash; {@code /} is the root. */
    ByteString path();

    /** The group that it is in; empty for the root. */
    Optional<Cgroup> parent();

    /**
     * Reads an extended attribute of the group's directory.
     *
     * @param name {@code user.} is put before a name without a dot
     * @return completed by a thread that may be kept waiting. Empty if there is no such attribute or it may not be read;
     *         fails if there is no such group (any more)
     */
    Future<Optional<ByteString>> attribute(ByteString name);
}
