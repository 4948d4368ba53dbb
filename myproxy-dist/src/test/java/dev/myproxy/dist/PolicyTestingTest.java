package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class PolicyTestingTest {

    private static final String TEST = """
                                       local policy = test.load('policy/config.lua')
                                       test.case('it works', function()
                                           test.equal(policy:client():login{}.message, 'from a file')
                                       end)
                                       test.case('it fails', function() test.equal('a\\1', 'b') end)
                                       """;

    @TempDir
    private Path directory;

    private final List<String> lines = new ArrayList<>();
    private Path before = Path.of("/");

    @BeforeEach
    void writeTest() throws IOException {
        before = Path.of("/proc/self/cwd").toRealPath();
        Files.createDirectory(directory.resolve("policy"));
        Files.writeString(directory.resolve("policy/text.lua"), "return 'from a file'");
        Files.writeString(directory.resolve("policy/config.lua"), """
                                                                  local text = dofile('text.lua')
                                                                  mysql_listen('@x', {
                                                                      on_handshake_response = function(client)
                                                                          return client:err(text)
                                                                      end })
                                                                  """);
        Files.writeString(directory.resolve("config_test.lua"), TEST);
    }

    @AfterEach
    void restore() throws IOException {
        new WorkingDirectory().change(before.toString());
    }

    private ExitCode run(Path file, String filter, Optional<String> junit) throws FatalException {
        return new PolicyTesting(Engines.installed(), lines::add).run(
                new Invocation.Test(List.of(file.toString()), Optional.empty(), junit, Optional.of(filter)));
    }

    @Test
    void allPassed() throws FatalException {
        assertThat(run(directory, "it *rks", Optional.empty())).isEqualTo(ExitCode.OK);
        assertThat(lines).contains("  ok    it works").last().asString().startsWith("1 passed, 0 failed (");
    }

    @Test
    void aFailureIsToldAtTheEnd() throws FatalException {
        assertThat(run(directory.resolve("config_test.lua"), "", Optional.empty())).isEqualTo(ExitCode.FAILURE);
        assertThat(lines).contains("  FAIL  it fails", directory + "/config_test.lua:5: it fails");
        assertThat(String.join("\n", lines)).contains("config_test.lua:5: expected \"b\", got \"a\\001\"")
                .contains("1 passed, 1 failed (");
    }

    @Test
    void theResultsAreWrittenAsXml() throws Exception {
        Path xml = directory.resolve("results.xml");

        run(directory, "", Optional.of(xml.toString()));

        Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile())
                .getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("testsuites");
        assertThat(root.getAttribute("tests")).isEqualTo("2");
        assertThat(root.getAttribute("failures")).isEqualTo("1");
        Element failed = (Element) root.getElementsByTagName("testcase").item(1);
        assertThat(failed.getAttribute("name")).isEqualTo("it fails");
        assertThat(failed.getAttribute("line")).isEqualTo("5");
        assertThat(failed.getElementsByTagName("failure").item(0).getTextContent()).contains("expected \"b\"");
    }

    @Test
    void aFileThatCannotBeLoadedIsAnErrorOfTheConfiguration() throws Exception {
        Path broken = Files.writeString(directory.resolve("broken.lua"), "x = ");
        Path xml = directory.resolve("results.xml");

        assertThat(run(broken, "", Optional.of(xml.toString()))).isEqualTo(ExitCode.CONFIG);
        assertThat(run(directory.resolve("none.lua"), "", Optional.empty())).isEqualTo(ExitCode.CONFIG);
        assertThat(String.join("\n", lines)).contains("broken.lua:1: unexpected symbol", "0 passed, 0 failed, 1 file",
                "none.lua: No such file or directory");
        assertThat(Files.readString(xml)).contains("<error message=");
    }

    @Test
    void aFilterThatTakesNothingFails() {
        assertThatThrownBy(() -> run(directory, "nothing", Optional.empty())).isInstanceOf(FatalException.class)
                .hasMessage("No case has \"nothing\" in its name");
    }

    @Test
    void aDirectoryWithoutTestsIsNamed() {
        assertThatThrownBy(() -> run(directory.resolve("policy"), "", Optional.empty()))
                .isInstanceOf(FatalException.class).hasMessageContaining("There is no file below");
    }

    @Test
    void theFilterIsATextWithStars() {
        assertThat(PolicyTesting.filter(Optional.of("a*c"))).accepts("xaacx").rejects("ca");
        assertThat(PolicyTesting.filter(Optional.of("a."))).accepts("ba.").rejects("ab");
        assertThat(PolicyTesting.filter(Optional.empty())).accepts("");
    }
}
