package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceCommandLineTest {

    @Test
    void readsThoseOfServicesAsTheOtherOneDoes() {
        for (List<String> arguments : List.of(List.<String>of(), List.of("--config", "/a b/c.lua"),
                List.of("--config=/etc/c.lua"), List.of("--config=/a=b"))) {
            String[] array = arguments.toArray(String[]::new);

            assertThat(ServiceCommandLine.parse(array)).as("%s", arguments).map(Invocation.class::cast)
                    .hasValue(new CommandLine().parse(array));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--config=", "--config", "--config --check", "--config @x", "--config='x'",
            "--config /x --check", "--config test",
            "--check", "status", "x", "--config=/x --config=/y", "--configx /y", "/x"})
    void leavesOthersToTheOtherOne(String line) {
        assertThat(ServiceCommandLine.parse(line.split(" "))).isEmpty();
    }
}
