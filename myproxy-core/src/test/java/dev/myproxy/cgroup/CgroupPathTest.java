package dev.myproxy.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CgroupPathTest {

    @Test
    void theFirstLineWithoutControllersCounts() {
        assertThat(CgroupPath.ofProcess("""
                                        4:memory:/legacy
                                        1:name=systemd:/system.slice
                                        0::/user.slice/user-1000.slice
                                        0::/second
                                        """)).contains(new CgroupPath("/user.slice/user-1000.slice"));
    }

    @Test
    void pathsMayContainColons() {
        assertThat(CgroupPath.ofProcess("0::/a:b::c\n")).contains(new CgroupPath("/a:b::c"));
    }

    @Test
    void carriageReturnsDoNotEndALine() {
        assertThat(CgroupPath.ofProcess("0::/mine\r0::/other\n")).contains(new CgroupPath("/mine\r0::/other"));
    }

    @Test
    void withoutTheUnifiedHierarchyThereIsNone() {
        assertThat(CgroupPath.ofProcess("4:memory:/legacy\n1:name=systemd:/\n")).isEmpty();
        assertThat(CgroupPath.ofProcess("")).isEmpty();
        assertThat(CgroupPath.ofProcess("nonsense\n0::\n")).isEmpty();
    }

    @Test
    void theRootHasNoParentAndIsTheParentOfTopLevelGroups() {
        CgroupPath leaf = new CgroupPath("/a/b");

        assertThat(leaf.parent()).contains(new CgroupPath("/a"));
        assertThat(leaf.parent().flatMap(CgroupPath::parent)).contains(new CgroupPath("/"));
        assertThat(new CgroupPath("/").parent()).isEmpty();
    }

    @Test
    void whatContainsOurNamespaceIsUnknown() {
        assertThat(new CgroupPath("/../x").parent()).contains(new CgroupPath("/.."));
        assertThat(new CgroupPath("/..").parent()).isEmpty();
        assertThat(new CgroupPath("/../..").parent()).isEmpty();
        assertThat(new CgroupPath("/...").parent()).contains(new CgroupPath("/"));
    }

    @Test
    void namesAreBytes() {
        CgroupPath path = CgroupPath.ofProcess("0::/b\u00e4r\n").orElseThrow();

        assertThat(path.bytes().toByteArray()).containsExactly('/', 'b', 0xe4, 'r');
    }
}
