package dev.myproxy.bench.run;

/** What the command line asks for. */
sealed interface Invocation {

    /** Measure. */
    record Run(Settings settings) implements Invocation {}

    /** Print a text to stdout and exit. */
    record Show(String text) implements Invocation {}

    /** The command line is wrong: print a text to stderr. */
    record Misuse(String text) implements Invocation {}
}
