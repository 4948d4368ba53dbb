package dev.myproxy.dist;

import dev.myproxy.script.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a check found. Pure.
 *
 * @param findings   sorted by place
 * @param unplaced   what is wrong with no place in a file, such as {@code No listeners configured}
 */
record CheckReport(List<Finding> findings, List<String> unplaced) {

    private static final Pattern PLACED = Pattern.compile("(.+?):(\\d+): (.*)");

    /**
     * Puts together what an inspection found and why the run failed. Where both speak of the same line, the inspection is
     * right: it knows what was meant.
     */
    static CheckReport of(List<Finding> inspected, Optional<FatalException> failure) {
        List<Finding> findings = new ArrayList<>(inspected);
        List<String> unplaced = new ArrayList<>();
        for (String line : failure.map(FatalException::lines).orElse(List.of())) {
            Matcher placed = PLACED.matcher(line);
            if (!placed.matches()) {
                unplaced.add(line);
                continue;
            }
            Finding finding = Finding.error(placed.group(1), Integer.parseInt(placed.group(2)), placed.group(3));
            if (inspected.stream().noneMatch(other -> other.isError() && other.file().equals(finding.file())
                    && other.line() == finding.line())) {
                findings.add(finding);
            }
        }
        return new CheckReport(findings.stream().sorted().distinct().toList(), unplaced);
    }

    /** The lines to print. */
    List<String> lines() {
        return Stream.concat(findings.stream().map(Finding::toString), unplaced.stream()).toList();
    }

    boolean isEmpty() {
        return findings.isEmpty() && unplaced.isEmpty();
    }

    /** Whether the daemon may run it. */
    boolean isGood(boolean strict) {
        return strict ? isEmpty() : errors() == 0;
    }

    private long errors() {
        return findings.stream().filter(Finding::isError).count() + unplaced.size();
    }

    /** How many there are, such as {@code 1 error, 2 warnings}. */
    String summary() {
        long warnings = findings.size() + unplaced.size() - errors();
        return Stream.of(count(errors(), "error"), count(warnings, "warning")).flatMap(Optional::stream)
                .reduce((one, other) -> one + ", " + other).orElse("nothing");
    }

    private static Optional<String> count(long count, String what) {
        return count == 0 ? Optional.empty() : Optional.of(count + " " + what + (count == 1 ? "" : "s"));
    }
}
