package dev.myproxy.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellCommandsTest {

    @Test
    void wordsAreWhatTheShellWouldPassOn() {
        assertThat(ShellCommands.of("""
                                    # comment
                                    NAME=x bin/myproxy test --filter 'account*gone now' a#b   # more
                                    ./mvnw verify \\
                                      -Dx="y z"
                                    """)).containsExactly(
                List.of("bin/myproxy", "test", "--filter", "account*gone now", "a#b"),
                List.of("./mvnw", "verify", "-Dx=y z"));
    }
}
