package dev.myproxy.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code ./quickstart} shows is true. */
class QuickstartIT {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void showsAResultAndHowToConnectAndCleansUp() throws Exception {
        Path home = Path.of(System.getProperty("myproxy.home"));
        Path socket;
        try (Quickstart quickstart = new Quickstart(home, home.resolve("conf/quickstart.lua"),
                new PrintStream(out, true, StandardCharsets.UTF_8))) {
            quickstart.query();
            quickstart.explain();
            socket = Path.of(text().replaceAll("(?s).*--socket=(\\S+).*", "$1"));
            assertThat(socket).exists();
        }

        assertThat(text()).contains("| Moka pot       | 24.00 | shop_owner@%          |",
                "script: demo works as shop_owner",
                "jdbc:mariadb://localhost/shop?sslMode=disable&localSocket=" + socket)
                .doesNotContain(SampleDatabase.PASSWORD);
        assertThat(Files.exists(socket.resolveSibling("."))).isFalse();
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
