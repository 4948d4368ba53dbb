package dev.myproxy.script;

import java.util.Comparator;

/**
 * What a check of a configuration found.
 *
 * @param file    as error texts of the script name it
 * @param line    from 1; 0 if it is about no line
 * @param message one line
 */
public record Finding(Severity severity, String file, int line, String message) implements Comparable<Finding> {

    /** How bad it is. */
    public enum Severity {
        /** Fails or does nothing where it runs. */
        ERROR,
        /** Perhaps not what was meant. */
        WARNING
    }

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::file).thenComparingInt(Finding::line)
            .thenComparing(Finding::severity).thenComparing(Finding::message);

    public static Finding error(String file, int line, String message) {
        return new Finding(Severity.ERROR, file, line, message);
    }

    public static Finding warning(String file, int line, String message) {
        return new Finding(Severity.WARNING, file, line, message);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** By place. */
    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    /** As a line of output: {@code FILE:LINE: MESSAGE} or {@code FILE:LINE: warning: MESSAGE}. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (isError() ? ": " : ": warning: ") + message;
    }
}
