package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the switches that the manual names, clients tell their password who would not without. */
class ClientSwitchesIT {

    private static final String PASSWORD = "se cret";
    private static final String SEEN = HexFormat.of().formatHex(PASSWORD.getBytes(StandardCharsets.UTF_8));

    private final SharedProxy proxy = SharedProxy.standard();

    @TempDir
    private Path directory;

    private String host() {
        return ((Address.Inet) proxy.tcp("any")).socket().getHostString();
    }

    private String socket() {
        return ((Address.UnixPath) proxy.listener("any")).path();
    }

    private void tells(String url) {
        assertThatThrownBy(() -> DriverManager.getConnection(url, "joe hex", PASSWORD)).as(url)
                .hasMessageContaining(SEEN);
    }

    private void tells(Path program, String... switches) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" 2>&1 || true", "sh", program.toString(),
                "--no-defaults", "--host=" + host(), "--port=" + proxy.port(), "--protocol=tcp", "--user=joe hex",
                "--password=" + PASSWORD));
        command.addAll(List.of(switches));
        assertThat(Programs.run(directory, Path.of("/dev/null"), command)).as("%s", command).contains(SEEN);
    }

    @Test
    void connectorOfMariaDbOverUnixSockets() {
        tells("jdbc:mariadb://localhost/?localSocket=" + socket() + "&sslMode=disable");
    }

    @Test
    void connectorOfMariaDbOverTcp() {
        tells("jdbc:mariadb://" + host() + ":" + proxy.port() + "/?sslMode=disable&allowPublicKeyRetrieval=true");
        tells("jdbc:mariadb://" + host() + ":" + proxy.port() + "/?sslMode=trust");
    }

    @Test
    void connectorOfMySqlOverTcp() {
        tells("jdbc:mysql://" + host() + ":" + proxy.port() + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true");
        tells("jdbc:mysql://" + host() + ":" + proxy.port() + "/");
    }

    @Test
    void commandLineOfMySql() throws IOException, InterruptedException {
        tells(MySqlFiles.client(), "--ssl-mode=DISABLED", "--get-server-public-key");
        tells(MySqlFiles.client());
    }

    @Test
    void commandLineOfMariaDb() throws IOException, InterruptedException {
        assumeTrue(ClientProgram.MARIADB.isInstalled(), "mariadb is not installed");
        tells(Programs.onPath("mariadb").orElseThrow(), "--skip-ssl");
    }

    @Test
    void newestCommandLineOfMariaDb() throws IOException, InterruptedException {
        NewerMariaDb.require();
        tells(NewerMariaDb.client(), "--skip-ssl");
    }
}
