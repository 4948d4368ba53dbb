package dev.myproxy.dist;

import dev.myproxy.dist.log.LogFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the command line asks for. */
sealed interface Invocation {

    /** Run the daemon. */
    record Run(String configuration, Optional<String> engine, LogFormat log) implements Invocation {}

    /**
     * Run the configuration without listening, and say what is wrong with it.
     *
     * @param strict whether warnings count as errors
     */
    record Check(String configuration, Optional<String> engine, boolean strict) implements Invocation {}

    /**
     * Run tests of policies.
     *
     * @param files  test files, and directories that have some
     * @param junit  the file that the report is written to as XML
     * @param filter which cases are run: those whose name has this in it, where {@code *} stands for anything
     */
    record Test(List<String> files, Optional<String> engine, Optional<String> junit,
            Optional<String> filter) implements Invocation {}

    /**
     * How to ask a running daemon.
     *
     * @param socket path of its Unix socket
     * @param json   whether its answer is printed as it is
     */
    record Remote(Optional<String> socket, boolean json) {}

    /** Show how a running daemon does. */
    record Status(Remote remote) implements Invocation {}

    /**
     * Show the sessions of a running daemon.
     *
     * @param filters parameters of the query
     */
    record Sessions(Remote remote, Map<String, String> filters) implements Invocation {}

    /** End a session of a running daemon. */
    record Kill(Remote remote, long id) implements Invocation {}

    /** Let a running daemon do what SIGHUP does. */
    record Reload(Remote remote) implements Invocation {}

    /** Print a text to stdout and exit. */
    record Show(String text) implements Invocation {}

    /** The command line is wrong: print a text to stderr. */
    record Misuse(String text) implements Invocation {}
}
