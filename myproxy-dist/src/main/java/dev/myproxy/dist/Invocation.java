package dev.myproxy.dist;

import java.util.Optional;

/** What the command line asks for. */
sealed interface Invocation {

    /** Run the daemon. */
    record Run(String configuration, Optional<String> engine) implements Invocation {}

    /** Run the configuration without listening, and say what is wrong with it. */
    record Check(String configuration, Optional<String> engine) implements Invocation {}

    /** Print a text to stdout and exit. */
    record Show(String text) implements Invocation {}

    /** The command line is wrong: print a text to stderr. */
    record Misuse(String text) implements Invocation {}
}
