package dev.myproxy.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sites of a few small pages. */
class ManualSiteTest {

    @TempDir
    Path root;

    @BeforeEach
    void writePages() throws IOException {
        write("docs/index.md", """
                               # Manual

                               ## Part

                               * [One](one.md): first
                                 * [Two](deep/two.md): second
                               """);
        write("docs/one.md", "# One & only\n\nSee [deep/two.md](deep/two.md#a-section).\n");
        write("docs/deep/two.md", """
                                  # Two

                                  [back](../one.md) and [policy](../../conf/config.lua)

                                  ## A section

                                  | key | value |
                                  |---|---|
                                  | `drain` | "yes" <now> |

                                  ```lua fragment
                                  return client:err('<no>')
                                  ```
                                  """);
        write("conf/config.lua", "-- <policy>\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> build() throws IOException {
        return ManualSite.build(root, root.resolve("site"));
    }

    private String built(String name) throws IOException {
        // what stands in a table is no HTML element
        write("docs/deep/two.md", Files.readString(root.resolve("docs/deep/two.md")).replace("<now>", "`<now>`"));
        assertThat(build()).isEmpty();
        return Files.readString(root.resolve("site").resolve(name));
    }

    @Test
    void linksLeadToThePagesOfTheSite() throws IOException {
        assertThat(built("one.html")).contains("<a href=\"deep/two.html#a-section\">A section</a>");
        assertThat(built("deep/two.html")).contains("<a href=\"../one.html\">back</a>",
                "<a href=\"../files/conf/config.lua.html\">policy</a>", "<h2 id=\"a-section\">",
                "<td><code>drain</code></td>",
                "<code class=\"language-lua\">return client:err('&lt;no&gt;')");
    }

    @Test
    void eachPageHasTheContentsAndItsNeighbours() throws IOException {
        assertThat(built("deep/two.html")).contains("<h2>Part</h2>", "<li><a href=\"../one.html\">One</a></li>",
                "<li class=\"deeper\"><a href=\"#\" aria-current=\"page\">Two</a></li>", "← One &amp; only</a>",
                "src=\"../assets/site.js\"", "<title>Two – myproxy</title>");
        assertThat(built("index.html")).contains("One &amp; only →</a>");
    }

    @Test
    void aFileThatALinkLeadsToIsShownAsItIs() throws IOException {
        assertThat(built("files/conf/config.lua.html")).contains("<code class=\"language-lua\">-- &lt;policy&gt;");
    }

    @Test
    void theSearchKnowsEachSection() throws IOException {
        assertThat(built("assets/sections.js")).contains(
                "{\"url\":\"deep/two.html#a-section\",\"page\":\"Two\",\"title\":\"A section\",\"text\":\"key value "
                        + "drain \\u0022yes\\u0022 \\u003cnow> return client:err('\\u003cno>')\"}",
                "{\"url\":\"one.html\",\"page\":\"One & only\"");
    }

    @Test
    void scriptsComeWithTheSite() throws IOException {
        assertThat(built("assets/lunr.js")).contains("lunr");
        assertThat(built("assets/highlight.js")).contains("License: BSD-3-Clause", "lua");
        assertThat(built("assets/lunr.LICENSE")).contains("Permission is hereby granted");
    }

    @Test
    void whatLooksLikeHtmlIsRefused() throws IOException {
        assertThat(build())
                .containsExactly("docs/deep/two.md: <now>: HTML, which is not shown: put it into backquotes");
    }

    @Test
    void linksThatLeadNowhereAreRefused() throws IOException {
        write("docs/deep/two.md", "# Two\n");
        write("docs/one.md", """
                             # One
                             [a](deep/two.md#a-section) [b](three.md) [c](../conf/other.lua) [d](../../x) [e](deep)
                             ![f](picture.png) [g](ftp:x) [h](#nothing) [i](https://example.com/) [j](#one)
                             """);

        assertThat(build()).containsExactly("docs/one.md: deep/two.md#a-section: there is no heading #a-section",
                "docs/one.md: three.md: there is no such file", "docs/one.md: ../conf/other.lua: there is no such file",
                "docs/one.md: ../../x: there is no such file", "docs/one.md: deep: there is no such file",
                "docs/one.md: ftp:x: neither a file nor a page of the web",
                "docs/one.md: #nothing: there is no heading #nothing",
                "docs/one.md: picture.png: there is no such file");
        assertThat(root.resolve("site")).doesNotExist();
    }

    @Test
    void aPageThatTheContentsDoNotNameOrNameTwiceIsRefused() throws IOException {
        write("docs/deep/two.md", "# Two\n");
        write("docs/one.md", "# One\n");
        write("docs/three.md", "Text\n");
        Files.writeString(root.resolve("docs/index.md"), Files.readString(root.resolve("docs/index.md"))
                + "* [Again](one.md)\n");

        assertThat(build()).containsExactly(
                "docs/three.md: has 0 headings of the first level: expected one, its title",
                "docs/index.md: names docs/one.md twice", "docs/index.md: does not name docs/three.md");
    }
}
