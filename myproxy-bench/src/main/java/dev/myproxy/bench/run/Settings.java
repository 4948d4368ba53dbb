package dev.myproxy.bench.run;

import dev.myproxy.bench.subject.Target;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be measured.
 *
 * @param targets     in this order
 * @param workloads   which
 * @param selects     numbers of connections of the point selects
 * @param connects    numbers of connections that log in at a time
 * @param length      how long each measurement takes
 * @param warmUp      how long each target works before the first one
 * @param repetitions how often everything is measured
 * @param starts      how often the time of the start is measured
 * @param megabytes   of results and files
 * @param sessions    numbers of idle sessions
 * @param load        what makes the load of the point selects
 * @param prepared    whether these are prepared statements
 * @param threads     of the native generator
 * @param server      an existing one; absent for a MariaDB of the program's own
 * @param serverTcp   whether proxies connect to that MariaDB over TCP
 * @param json        the file for the figures
 * @param keep        whether that file keeps what it has of other cases
 * @param record      whether docs/performance.md is renewed
 */
record Settings(List<Target> targets, Set<Kind> workloads, List<Integer> selects, List<Integer> connects,
        Duration length, Duration warmUp, int repetitions, int starts, int megabytes, List<Integer> sessions, Load load,
        boolean prepared, int threads, Optional<ExistingServer> server, boolean serverTcp, Path json,
        boolean keep, boolean record) {

    /** Kinds of workload, by their names on the command line. */
    enum Kind {
        SELECT, CONNECT, TLS, RESULT, UPLOAD, IDLE, START
    }

    /** What makes the load of point selects. */
    enum Load {
        /** sysbench where it is installed, up to 64 connections; else the native one. */
        AUTO,
        /** The program's own. */
        NATIVE,
        /** sysbench for all. */
        SYSBENCH
    }

    /** Whether there is more to do than to start processes and to look at them. */
    boolean needsWarmUp() {
        return workloads.stream().anyMatch(kind -> kind != Kind.IDLE && kind != Kind.START);
    }

    /** The same with other numbers of idle sessions. */
    Settings withSessions(List<Integer> others) {
        return new Settings(targets, workloads, selects, connects, length, warmUp, repetitions, starts, megabytes,
                others, load,
                prepared, threads, server, serverTcp, json, keep, record);
    }

    /** For the JSON file. */
    JsonObject toJson() {
        return new JsonObject().put("targets", new JsonArray(targets.stream().map(Target::name).toList()))
                .put("seconds", length.toMillis() / 1000.0).put("warm_up_seconds", warmUp.toMillis() / 1000.0)
                .put("repetitions", repetitions).put("starts", starts).put("megabytes", megabytes)
                .put("prepared", prepared)
                .put("server", server.map(ExistingServer::address).orElse("MariaDB 11.4.5"))
                .put("to_server", serverTcp || server.isPresent() ? "tcp" : "unix").put("threads", threads);
    }
}
