package dev.myproxy.cgroup;

import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The place of a control group in the unified hierarchy, as the kernel writes it: {@code /a/b}, {@code /} for the root. To
 * a process in a cgroup namespace, what is outside of that begins with {@code /..}.
 *
 * @param text the characters stand for bytes, as in ISO-8859-1
 */
record CgroupPath(String text) {

    /**
     * The lines of {@code /proc/PID/cgroup} are {@code ID:CONTROLLERS:PATH}; the unified hierarchy has no controllers. Names
     * may contain everything but line feeds, carriage returns too.
     */
    static Optional<CgroupPath> ofProcess(String lines) {
        return Stream.of(lines.split("\n")).map(line -> line.split(":", 3))
                .filter(fields -> fields.length == 3 && fields[1].isEmpty() && fields[2].startsWith("/"))
                .map(fields -> new CgroupPath(fields[2])).findFirst();
    }

    /** The names from the root on. */
    List<String> names() {
        return Stream.of(text.split("/")).filter(name -> !name.isEmpty()).toList();
    }

    /** Empty for the root; and for groups that contain our whole namespace, since nobody knows what contains them. */
    Optional<CgroupPath> parent() {
        int slash = text.lastIndexOf('/');
        if (text.length() == 1 || text.substring(slash).equals("/..")) {
            return Optional.empty();
        }
        return Optional.of(new CgroupPath(slash == 0 ? "/" : text.substring(0, slash)));
    }

    ByteString bytes() {
        return ByteString.copyOf(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
