package dev.myproxy.manual;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource({"metrics.md, docs/metrics.md, ''", "metrics.md#clients, docs/metrics.md, clients",
            "lua/pg.md, docs/lua/pg.md, ''", "#here, docs/page.md, here", "../conf/config.lua, conf/config.lua, ''",
            "../../etc/passwd, '', ''", ".., '', ''"})
    void filesAreFoundFromThePage(String link, String path, String anchor) {
        assertThat(Target.of("docs/page.md", link)).isEqualTo(new Target.Local(path, anchor));
    }

    @Test
    void otherSitesAreElsewhere() {
        assertThat(Target.of("docs/page.md", "https://example.com/a.md#b"))
                .isEqualTo(new Target.Elsewhere("https://example.com/a.md#b"));
    }

    @ParameterizedTest
    @CsvSource({"docs/metrics.md, metrics.html, index.html, metrics.html#x",
            "docs/lua/pg.md, lua/pg.html, lua/cache.html, pg.html#x",
            "docs/metrics.md, metrics.html, lua/pg.html, ../metrics.html#x",
            "docs/metrics.md, metrics.html, metrics.html, #x",
            "conf/config.lua, files/conf/config.lua.html, lua/pg.html, ../files/conf/config.lua.html#x"})
    void linksOfTheSiteAreRelative(String path, String shown, String from, String link) {
        Target.Local target = new Target.Local(path, "x");

        assertThat(target.shownAs()).isEqualTo(shown);
        assertThat(target.from(from)).isEqualTo(link);
    }
}
