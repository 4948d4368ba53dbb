package dev.myproxy.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HierarchyTest {

    private static final String HYBRID = """
                                         31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
                                         35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
                                         41 31 0:38 / /sys/fs/cgroup/unified rw,nosuid shared:9 master:1 - cgroup2 cgroup2 rw
                                         """;

    @TempDir
    Path directory;

    @Test
    void findsItOnUnifiedAndOnHybridHosts() throws Exception {
        assertThat(find("29 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n").map(Hierarchy::mountPoint))
                .contains("/sys/fs/cgroup");
        assertThat(find(HYBRID).map(Hierarchy::mountPoint)).contains("/sys/fs/cgroup/unified");
    }

    @Test
    void prefersTheUsualPlace() throws Exception {
        assertThat(find("70 23 0:26 /box /srv/box/sys/fs/cgroup rw - cgroup2 cgroup2 rw\n" + HYBRID)
                .map(Hierarchy::mountPoint)).contains("/sys/fs/cgroup/unified");
        assertThat(find("70 23 0:26 / /odd\\040place rw - cgroup2 cgroup2 rw\n").map(Hierarchy::mountPoint))
                .contains("/odd place");
    }

    @Test
    void hostsWithoutItHaveNone() throws Exception {
        assertThat(find("35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw\nbroken - cgroup2\n- cgroup2 x\n"))
                .isEmpty();
    }

    @Test
    void groupsAreDirectoriesBelow() {
        Hierarchy hierarchy = new Hierarchy("/sys/fs/cgroup", new CgroupPath("/"));

        assertThat(directory(hierarchy, "/")).contains("/sys/fs/cgroup");
        assertThat(directory(hierarchy, "/a/b c")).contains("/sys/fs/cgroup/a/b c");
    }

    @Test
    void nothingLeadsOutOfIt() {
        Hierarchy hierarchy = new Hierarchy("/sys/fs/cgroup", new CgroupPath("/"));

        assertThat(directory(hierarchy, "/..")).isEmpty();
        assertThat(directory(hierarchy, "/../foo")).isEmpty();
        assertThat(directory(hierarchy, "/a/../../b")).isEmpty();
    }

    @Test
    void aPartThatIsMountedHasOnlyItsOwnGroups() {
        Hierarchy part = new Hierarchy("/sys/fs/cgroup", new CgroupPath("/box/1"));

        assertThat(directory(part, "/box/1/a")).contains("/sys/fs/cgroup/a");
        assertThat(directory(part, "/box/1")).contains("/sys/fs/cgroup");
        assertThat(directory(part, "/box/12")).isEmpty();
        assertThat(directory(part, "/box")).isEmpty();
        Hierarchy above = new Hierarchy("/sys/fs/cgroup", new CgroupPath("/.."));
        assertThat(directory(above, "/../other")).contains("/sys/fs/cgroup/other");
        assertThat(directory(above, "/../../other")).isEmpty();
        assertThat(directory(above, "/own")).isEmpty();
    }

    private static Optional<String> directory(Hierarchy hierarchy, String group) {
        return hierarchy.directory(new CgroupPath(group));
    }

    private Optional<Hierarchy> find(String mountinfo) throws IOException {
        return Hierarchy.find(Files.writeString(directory.resolve("mountinfo"), mountinfo));
    }
}
