package dev.myproxy.it.same;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a script that fails shorter: leaves out lines, many at first, while it still fails. */
final class Shrinker {

    private final Predicate<List<String>> fails;
    private final long deadline;

    /**
     * @param fails whether lines still fail; those that make no sense don't
     * @param limit how long to try
     */
    Shrinker(Predicate<List<String>> fails, Duration limit) {
        this.fails = fails;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    List<String> shrink(List<String> lines) {
        List<String> shortest = lines;
        for (int size = lines.size() / 2; size > 0; size = size == 1 ? 0 : (size + 1) / 2) {
            shortest = without(shortest, size);
        }
        return shortest;
    }

    /** Leaves out as many pieces of a size as possible, from the end on. */
    private List<String> without(List<String> lines, int size) {
        List<String> shortest = lines;
        for (int end = lines.size(); end > 0 && System.nanoTime() < deadline; end -= size) {
            int start = Math.max(0, end - size);
            List<String> shorter = new ArrayList<>(shortest);
            shorter.subList(start, Math.min(end, shorter.size())).clear();
            if (fails.test(shorter)) {
                shortest = shorter;
            }
        }
        return shortest;
    }
}
