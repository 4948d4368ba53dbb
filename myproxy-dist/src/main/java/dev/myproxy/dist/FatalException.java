package dev.myproxy.dist;

import java.util.List;

/** Ends the process: with this exit code, after its messages. */
final class FatalException extends Exception {

    private static final long serialVersionUID = 1;

    private final ExitCode exitCode;

    FatalException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Takes the messages from a failure and its causes. */
    FatalException(ExitCode exitCode, Throwable cause) {
        super(String.join("\n", Causes.messages(cause)), cause);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }

    /** What to print, one line per failure in the chain. */
    List<String> lines() {
        return String.valueOf(getMessage()).lines().toList();
    }
}
