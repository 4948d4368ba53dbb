package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.manual.CodeBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README: its configuration does what the text says. That its commands exist is in {@link ManualCodeTest}. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** What the text below the configuration says. */
    private static final String AS_TOLD = """
                                          local policy = test.load('config.lua')

                                          test.case('everybody may connect to the socket', function()
                                              test.equal(policy.listeners, {'/run/myproxy/socket'})
                                          end)

                                          test.case('joe comes to a database of his own', function()
                                              local client = policy:client{uid = 1000}
                                              local decision = client:login{user = 'joe', password = 'his own'}
                                              test.includes(decision, {action = 'connect', target = '10.0.0.5:3306',
                                                  user = 'app', password = 'secret', database = 'joe'})
                                              test.equal(client.account, 'joe')
                                          end)

                                          test.case('others are refused', function()
                                              for _, login in ipairs{{user = 'joe', password = 'her own'}, {user = 'eve', password = ''}} do
                                                  test.equal(policy:client{uid = 1000}:login(login),
                                                      {action = 'err', message = 'Access denied'})
                                              end
                                          end)
                                          """;

    @TempDir
    private Path directory;

    private Path before = Path.of("/");

    @BeforeEach
    void remember() throws IOException {
        before = Path.of("/proc/self/cwd").toRealPath();
    }

    @AfterEach
    void restore() throws IOException {
        new WorkingDirectory().change(before.toString());
    }

    @Test
    void isOneScreen() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(60);
    }

    @Test
    void theConfigurationDoesWhatIsTold() throws Exception {
        CodeBlock policy = CodeBlock.all(ROOT).stream()
                .filter(block -> block.page().equals("README.md") && block.language().equals("lua")).findFirst()
                .orElseThrow();
        Files.writeString(directory.resolve("config.lua"), policy.text());
        Path file = Files.writeString(directory.resolve("config_test.lua"), AS_TOLD);
        List<String> lines = new ArrayList<>();

        ExitCode code = new PolicyTesting(Engines.installed(), lines::add).run(
                new Invocation.Test(List.of(file.toString()), Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(code).as(String.join("\n", lines)).isEqualTo(ExitCode.OK);
    }
}
