package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.dist.Invocation.Kill;
import dev.myproxy.dist.Invocation.Misuse;
import dev.myproxy.dist.Invocation.Reload;
import dev.myproxy.dist.Invocation.Remote;
import dev.myproxy.dist.Invocation.Sessions;
import dev.myproxy.dist.Invocation.Show;
import dev.myproxy.dist.Invocation.Status;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteCommandsTest {

    private static final Remote USUAL = new Remote(Optional.empty(), false);

    private static Invocation parse(String arguments) {
        return new CommandLine().parse(arguments.split(" "));
    }

    @Test
    void readsTheCommands() {
        assertThat(parse("status")).isEqualTo(new Status(USUAL));
        assertThat(parse("status --socket /s --json")).isEqualTo(new Status(new Remote(Optional.of("/s"), true)));
        assertThat(parse("sessions")).isEqualTo(new Sessions(USUAL, Map.of()));
        assertThat(parse("sessions --account=joe --server 10.0.0.1 --phase command --search x --limit 5"))
                .isEqualTo(new Sessions(USUAL, Map.of("account", "joe", "server", "10.0.0.1", "phase", "command",
                        "search", "x", "limit", "5")));
        assertThat(parse("reload --socket=/s")).isEqualTo(new Reload(new Remote(Optional.of("/s"), false)));
        assertThat(parse("kill 2147483649 --json"))
                .isEqualTo(new Kill(new Remote(Optional.empty(), true), 2147483649L));
    }

    @ParameterizedTest
    @CsvSource({"kill,Missing ID", "kill x,\"x\" is no id", "kill 1 2,Unknown argument \"2\"",
            "kill -1,\"-1\" is no id", "status x,Unknown argument \"x\"", "sessions --acount=x,did you mean --account?",
            "sessions --limit=x,--limit", "--config x status,do not go with \"status\"",
            "--engine luaj kill 1,does not go with \"kill\"", "stats,did you mean status?"})
    void mistakesAreNamedAndFollowedByTheUsage(String arguments, String text) {
        assertThat(parse(arguments)).isInstanceOfSatisfying(Misuse.class,
                misuse -> assertThat(misuse.text()).contains(text).contains("\nUsage: myproxy "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "sessions", "kill", "reload"})
    void eachHasHelpOfItsOwn(String command) {
        assertThat(parse(command + " --help")).isInstanceOfSatisfying(Show.class, show -> assertThat(show.text())
                .contains("Usage: myproxy " + command, "--socket", "$MYPROXY_ADMIN", "Exit status: 0", "69", "77"));
        assertThat(parse("--help")).isInstanceOfSatisfying(Show.class,
                show -> assertThat(show.text()).contains("\n  " + command + " "));
    }

    @Test
    void theEnvironmentNamesTheSocket(@TempDir Path directory) {
        Asking asking = new Asking(name -> name.equals("MYPROXY_ADMIN") ? directory + "/e" : null, _ -> {}, _ -> {});

        assertThatThrownBy(() -> asking.run(new Status(USUAL))).hasMessageContaining("no socket " + directory + "/e:")
                .isInstanceOfSatisfying(FatalException.class,
                        fatal -> assertThat(fatal.exitCode()).isEqualTo(ExitCode.UNAVAILABLE));
        assertThatThrownBy(() -> asking.run(new Kill(new Remote(Optional.of(directory + "/o"), false), 1)))
                .hasMessageContaining("no socket " + directory + "/o:");
    }
}
