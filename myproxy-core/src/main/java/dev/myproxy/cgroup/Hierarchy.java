package dev.myproxy.cgroup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the unified hierarchy is mounted. In strings, characters stand for bytes, as in ISO-8859-1.
 *
 * @param mountPoint a directory
 * @param root       the group that is seen there: the root, unless a part of the hierarchy is mounted
 */
record Hierarchy(String mountPoint, CgroupPath root) {

    private static final String PARENT = "..";

    /** Where hosts mount it; other places, such as those of containers, come after. */
    private static final List<String> USUAL = List.of("/sys/fs/cgroup", "/sys/fs/cgroup/unified");

    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    /** Looks it up in a file such as {@code /proc/self/mountinfo}. */
    static Optional<Hierarchy> find(Path mountinfo) throws IOException {
        return Stream.of(Files.readString(mountinfo, StandardCharsets.ISO_8859_1).split("\n"))
                .flatMap(line -> parse(line).stream()).min(Comparator.comparingInt(Hierarchy::rank));
    }

    /** {@code ID PARENT DEVICE ROOT MOUNTPOINT OPTIONS [FIELD…] - TYPE SOURCE OPTIONS}, see proc_pid_mountinfo(5). */
    private static Optional<Hierarchy> parse(String line) {
        int dash = line.indexOf(" - ");
        if (dash < 0 || !line.startsWith("cgroup2 ", dash + 3)) {
            return Optional.empty();
        }
        String[] fields = line.substring(0, dash).split(" ", -1);
        return fields.length < 6
                ? Optional.empty()
                : Optional.of(new Hierarchy(unescape(fields[4]), new CgroupPath(unescape(fields[3]))));
    }

    private static String unescape(String field) {
        return OCTAL.matcher(field).replaceAll(Hierarchy::character);
    }

    private static String character(MatchResult escape) {
        return Matcher.quoteReplacement(
                String.valueOf((char) (Integer.parseInt(escape.group(1), 8) & 0xff)));
    }

    private int rank() {
        int usual = USUAL.indexOf(mountPoint);
        return usual < 0 ? USUAL.size() : usual;
    }

    /** The directory of a group; empty for one that is not beneath what is mounted. */
    Optional<String> directory(CgroupPath group) {
        List<String> names = group.names();
        List<String> above = root.names();
        if (names.size() < above.size() || !names.subList(0, above.size()).equals(above)) {
            return Optional.empty();
        }
        List<String> below = names.subList(above.size(), names.size());
        if (below.contains(PARENT)) {
            return Optional.empty();
        }
        return Optional.of(below.isEmpty() ? mountPoint : mountPoint + "/" + String.join("/", below));
    }
}
