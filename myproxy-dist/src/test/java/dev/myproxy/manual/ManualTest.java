package dev.myproxy.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.admin.Browser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual as it is: its links and those that lead to it, and the site made of it in a browser. */
class ManualTest {

    private static final Path ROOT = Path.of("..");

    /** A page of the manual, perhaps with a heading, wherever it is named. */
    private static final Pattern REFERENCE = Pattern.compile("\\bdocs/[\\w/-]+\\.md(#[\\w-]+)?");

    @TempDir
    Path site;

    @Test
    void nothingIsWrong() throws IOException {
        assertThat(ManualSite.build(ROOT, site)).isEmpty();

        try (Stream<Path> files = Files.walk(site)) {
            for (Path page : files.filter(file -> file.toString().endsWith(".html")).toList()) {
                assertThat(loadedFromElsewhere(Files.readString(page))).as(page.toString()).isEmpty();
            }
        }
    }

    /** What a browser would ask another site for without a click. */
    private static List<String> loadedFromElsewhere(String html) {
        return Pattern.compile("<(?!a )[^>]*(?:src|href)=\"(?!data:,)[^\"]*:[^>]*>").matcher(html).results()
                .map(MatchResult::group).toList();
    }

    @Test
    void whereverItIsNamedItIsThere() throws IOException {
        Sources sources = Sources.read(ROOT);
        List<String> dead = new ArrayList<>();
        int[] seen = {0};
        for (Path file : SourceTree.of(ROOT).matching("[^/]+\\.(java|md|lua|yml|sh|xml|service|socket)|\\w+")) {
            if (file.toString().contains("/dev/myproxy/manual/")) {
                continue; // these speak of manuals of their own
            }
            REFERENCE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).results().forEach(found -> {
                seen[0]++;
                Target.Local target = (Target.Local) Target.of("README.md", found.group());
                Page page = sources.pages().get(target.path());
                if (page == null
                        || target.anchorIfAny().filter(name -> !page.anchors().containsValue(name)).isPresent()) {
                    dead.add(file + ": " + found.group());
                }
            });
        }

        assertThat(dead).isEmpty();
        assertThat(seen[0]).as("places that name a page").isGreaterThan(50);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50)).ignoreExceptions();
    }

    @Test
    void aBrowserReadsAndSearchesItWithoutAServer() throws Exception {
        Assumptions.assumeTrue(Browser.missing().isEmpty(), () -> Browser.missing().orElse(""));
        assertThat(ManualSite.build(ROOT, site)).isEmpty();

        try (Browser browser = Browser.start("--window-size=390,844")) {
            browser.open(site.resolve("lua/cluster.html").toUri().toString());
            soon().until(() -> browser.count("code.language-lua .hljs-string") > 0);
            assertThat(browser.run(Boolean.class,
                    "return document.documentElement.scrollWidth <= window.innerWidth")).as("fits a phone").isTrue();

            browser.type("/on_handshake_respon");
            soon().untilAsserted(() -> assertThat(browser.text("#search a[aria-selected=true]"))
                    .contains("on_handshake_response"));
            browser.run(Object.class, "document.querySelector('#search input').value = ''");
            browser.type("login timeout");
            soon().untilAsserted(() -> assertThat(browser.text("#search ol")).contains("login_timeout")
                    .doesNotContain("Nothing found"));
            browser.picture(Path.of("target", "pictures", "manual-search.png"));
            browser.type("\uE007");
            soon().untilAsserted(() -> assertThat(browser.run(String.class, "return location.href"))
                    .doesNotContain("cluster"));
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
