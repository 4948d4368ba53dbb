package dev.myproxy.inherit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the variables of sd_listen_fds(3) say. Pure.
 *
 * @param names   of the descriptors, beginning with number 3; empty if there are none for this process
 * @param problem why there are none although somebody seems to have meant to pass some
 */
record ListenVariables(List<String> names, Optional<String> problem) {

    static final String PID = "LISTEN_PID";
    static final String COUNT = "LISTEN_FDS";
    static final String NAMES = "LISTEN_FDNAMES";

    /** All that may be set; LISTEN_PIDFDID is from systemd 258 on. */
    static final Set<String> ALL = Set.of(PID, COUNT, NAMES, "LISTEN_PIDFDID");

    private static final int MOST = 4096;
    private static final String NAMELESS = "unknown";

    /** @param pid of this process */
    static ListenVariables read(Map<String, String> environment, long pid) {
        Optional<String> count = Optional.ofNullable(environment.get(COUNT)).filter(text -> !text.isEmpty());
        if (count.isEmpty()) {
            return new ListenVariables(List.of(), Optional.empty());
        }
        String meant = environment.getOrDefault(PID, "");
        if (!meant.equals(Long.toString(pid))) {
            return none(PID + " is \"" + meant + "\", but this process has the id " + pid);
        }
        if (!count.get().matches("\\d{1,4}") || Integer.parseInt(count.get()) > MOST) {
            return none(COUNT + " is \"" + count.get() + "\", but must be a number from 0 to " + MOST);
        }
        int descriptors = Integer.parseInt(count.get());
        List<String> names = List.of(environment.getOrDefault(NAMES, "").split(":", -1));
        return new ListenVariables(names.size() == descriptors
                ? names.stream().map(name -> name.isEmpty() ? NAMELESS : name).toList()
                : Collections.nCopies(descriptors, NAMELESS), Optional.empty());
    }

    private static ListenVariables none(String problem) {
        return new ListenVariables(List.of(), Optional.of(problem));
    }
}
