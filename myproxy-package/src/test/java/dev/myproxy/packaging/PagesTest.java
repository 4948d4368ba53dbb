package dev.myproxy.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.dist.CommandLine;
import dev.myproxy.lua.api.Api;
import dev.myproxy.lua.api.ApiFunction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

class PagesTest {

    /** Does what bash does, which alone has compopt while it completes. */
    private static final String COMPLETE = """
                                           . "$0"
                                           compopt() { :; }
                                           COMP_WORDS=(cm4all-myproxy "$@")
                                           COMP_CWORD=$#
                                           complete -p cm4all-myproxy >/dev/null || exit 1
                                           _complete_cm4all-myproxy cm4all-myproxy "${@: -1}"
                                           printf '%s\\n' "${COMPREPLY[@]}"
                                           """;

    @TempDir
    private Path directory;

    @Test
    void writesAPageForEachCommand() throws Exception {
        Pages.main(new String[]{"src/main/man", directory + "/pages", directory + "/completion"});

        for (String name : List.of("", "-status", "-sessions", "-kill", "-test")) {
            assertThat(directory.resolve("pages/cm4all-myproxy" + name + ".adoc")).content()
                    .contains("= cm4all-myproxy" + name + "(8)", "== See also", "--help");
        }
        assertThat(directory.resolve("pages/cm4all-myproxy-config.adoc")).content()
                .contains("= cm4all-myproxy-config(5)").doesNotContain("REFERENCE");
    }

    @Test
    void exitStatusesAndSectionsOfOurOwnStandAtTheEnd() {
        CommandSpec daemon = CommandLine.described().name("p");

        assertThat(Pages.page(daemon, "== Ours")).containsSubsequence("== Options", "== Exit status",
                "*0*::\n  ended", "*78*::\n  wrong configuration\n", "== Ours");
    }

    @Test
    void thePageOfTheConfigurationHasAllFunctions() {
        String page = ConfigurationPage.reference(Api.installed());

        assertThat(Api.installed().functions().map(ApiFunction::qualifiedName)).isNotEmpty()
                .allSatisfy(name -> assertThat(page).contains("*pass:c[" + name + "("));
    }

    @Test
    void markupOfMarkdownBecomesThatOfAsciiDoc() {
        assertThat(Markdown.toAsciiDoc("See [there](x.md) for `a[1]`.\n\nMore\nof it.\n* one"))
                .isEqualTo("pass:c[See there for ]**pass:c[a[1\\]]**pass:c[.]\n\npass:c[More of it.]\n* pass:c[one]");
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        assertThat(completed("")).containsExactlyInAnyOrder("status", "sessions", "kill", "test");
        assertThat(completed("--c")).containsExactlyInAnyOrder("--config", "--check");
        assertThat(completed("--log", "j")).containsExactlyInAnyOrder("json", "journal");
        assertThat(completed("sess")).containsExactly("sessions");
        assertThat(completed("sessions", "--acc")).containsExactly("--account");
        assertThat(completed("kill", "--j")).containsExactly("--json");
    }

    /** What bash proposes for the last of these words. */
    private List<String> completed(String... words) throws Exception {
        Path script = directory.resolve("completion");
        Files.writeString(script, Pages.completion(CommandLine.described().name(Pages.PROGRAM)));
        List<String> command = new ArrayList<>(List.of("bash", "--norc", "-c", COMPLETE, script.toString()));
        command.addAll(Arrays.asList(words));
        Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(out).isZero();
        return out.lines().map(String::strip).toList();
    }
}
