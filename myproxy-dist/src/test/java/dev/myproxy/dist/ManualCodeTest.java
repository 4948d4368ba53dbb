package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.manual.CodeBlock;
import dev.myproxy.manual.SourceTree;
import dev.myproxy.tls.TestPki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the code of the manual and of the README; {@code docs/developing.md} says what each kind of block means. */
class ManualCodeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** How many blocks may be for the eye only. Whoever adds one raises this, having found no way to run it. */
    private static final int EXAMPLES = 10;

    /** What pieces of configurations are put into. */
    private static final String AROUND = """
                                         local handlers = {on_handshake_response = function(client)
                                             return client:err('no')
                                         end}
                                         -- here
                                         mysql_listen('@manual', handlers)
                                         """;

    @TempDir
    private Path directory;

    private final List<String> lines = new ArrayList<>();
    private Path before = Path.of("/proc/self/cwd");

    static List<CodeBlock> all() throws IOException {
        return CodeBlock.all(ROOT);
    }

    private static Stream<CodeBlock> all(String language, String... how) throws IOException {
        return all().stream().filter(block -> block.language().equals(language) && Set.of(how).contains(block.how()));
    }

    @AfterEach
    void restore() throws IOException {
        if (!before.toString().startsWith("/proc")) {
            new WorkingDirectory().change(before.toString());
        }
    }

    @Test
    void eachSaysHowItIsTested() throws IOException {
        SourceTree tree = SourceTree.of(ROOT);
        List<String> unclear = new ArrayList<>();
        for (CodeBlock block : all()) {
            boolean clear = switch (block.language()) {
                case "text" -> block.how().isEmpty();
                case "lua" -> Set.of("", "part", "test", "example").contains(block.how());
                case "sh", "yaml" -> Set.of("", "example").contains(block.how()) || isTest(tree, block.how());
                case "sql", "json", "ini", "java" -> block.how().equals("example") || isTest(tree, block.how());
                default -> false;
            };
            if (!clear) {
                unclear.add(block + ": ```" + block.language() + " " + block.how());
            }
        }
        assertThat(unclear).isEmpty();
    }

    /** Whether there is a test of that name, which speaks of the manual. */
    private static boolean isTest(SourceTree tree, String name) throws IOException {
        return tree.text(Pattern.quote(name) + "\\.java").contains("../docs");
    }

    @Test
    void fewAreOnlyForTheEye() throws IOException {
        assertThat(all().stream().filter(block -> block.how().equals("example")).toList())
                .hasSizeLessThanOrEqualTo(EXAMPLES);
    }

    static Stream<CodeBlock> configurations() throws IOException {
        return all("lua", "", "part");
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void configurationsHaveNoMistakes(CodeBlock block) throws Exception {
        String text = block.how().isEmpty() ? block.text() : AROUND.replace("-- here", block.text());
        Path file = Files.writeString(directory.resolve("config.lua"), text);
        before = before.toRealPath();
        writeCertificates(Files.createDirectory(directory.resolve("tls")));

        ExitCode code = new Check(Engines.installed(), lines::add)
                .run(new Invocation.Check(file.toString(), Optional.empty(), true));

        assertThat(lines).isEmpty();
        assertThat(code).isEqualTo(ExitCode.OK);
    }

    /** What the manual's configurations have beside them: {@code server.crt}, {@code server.key} and {@code ca.crt}. */
    private static void writeCertificates(Path tls) throws IOException {
        TestPki pki = TestPki.create();
        pki.forLocalhost().write(tls, "server");
        pki.writeAuthority(tls);
    }

    static Stream<CodeBlock> tests() throws IOException {
        return all("lua", "test");
    }

    @ParameterizedTest
    @MethodSource("tests")
    void testsPassForTheConfigurationBeforeThem(CodeBlock test) throws Exception {
        CodeBlock policy = all("lua", "")
                .filter(block -> block.page().equals(test.page()) && block.line() < test.line())
                .reduce((_, later) -> later).orElseThrow();
        Files.writeString(directory.resolve("config.lua"), policy.text());
        Path file = Files.writeString(directory.resolve("config_test.lua"), test.text());
        before = before.toRealPath();

        ExitCode code = new PolicyTesting(Engines.installed(), lines::add).run(
                new Invocation.Test(List.of(file.toString()), Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(code).as(String.join("\n", lines)).isEqualTo(ExitCode.OK);
    }

    static Stream<CodeBlock> commands() throws IOException {
        return all("sh", "");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandsAreUnderstood(CodeBlock block) throws Exception {
        assertThat(new KnownCommands(ROOT, SourceTree.of(ROOT)).faults(block.text())).isEmpty();
    }

    static Stream<CodeBlock> prometheus() throws IOException {
        return all("yaml", "");
    }

    /** Pieces of Prometheus' configuration, or of files with rules. */
    @ParameterizedTest
    @MethodSource("prometheus")
    void prometheusTakesIt(CodeBlock block) throws Exception {
        Path promtool = Path.of("/usr/bin/promtool");
        assumeTrue(Files.isExecutable(promtool), "promtool is not installed (Debian's package prometheus)");
        Path rules = ROOT.resolve("conf/prometheus/alerts.yml");
        Path file = Files.writeString(directory.resolve("block.yml"),
                block.text().replace("/etc/prometheus/myproxy-alerts.yml", rules.toString()));

        Process process = new ProcessBuilder(promtool.toString(), "check",
                block.text().startsWith("groups:") ? "rules" : "config", file.toString()).redirectErrorStream(true)
                .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
