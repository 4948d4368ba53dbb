package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd says to the units of {@code conf/systemd}, where it is installed. */
class UnitsTest {

    private static final Path UNITS = Path.of(System.getProperty("basedir", "."), "..", "conf", "systemd").normalize();
    private static final String SERVICE = "cm4all-myproxy.service";
    private static final String SOCKET = "cm4all-myproxy.socket";

    @TempDir
    private Path directory;

    @Test
    void nothingIsWrongWithThem() throws Exception {
        assumeTrue(Programs.succeeds("systemd-analyze", "--version"), "no systemd-analyze: the units are not verified");
        Files.writeString(directory.resolve(SERVICE), Files.readString(UNITS.resolve(SERVICE))
                .replace("ExecStart=/usr/sbin/cm4all-myproxy", "ExecStart=/bin/sh"));
        Files.copy(UNITS.resolve(SOCKET), directory.resolve(SOCKET));

        Said said = run("systemd-analyze", "verify", "--man=no", directory.resolve(SERVICE).toString(),
                directory.resolve(SOCKET).toString());

        // what a systemd before 253 says, which keeps the type of the line before
        assertThat(said.text().lines().filter(line -> line.contains("cm4all-myproxy"))
                .filter(line -> !line.endsWith("Failed to parse service type, ignoring: notify-reload"))).isEmpty();
        assertThat(said.status()).isZero();
    }

    @Test
    void theServiceIsShutIn() throws Exception {
        assumeTrue(
                Programs.succeeds("systemd-analyze", "security", "--offline=true", UNITS.resolve(SERVICE).toString()),
                "no systemd-analyze that looks at files: the exposure of the service is not measured");

        Said said = run("systemd-analyze", "security", "--offline=true", "--threshold=20",
                UNITS.resolve(SERVICE).toString());

        assertThat(said.status()).as(said.text()).isZero();
    }

    private record Said(int status, String text) {}

    private static Said run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
