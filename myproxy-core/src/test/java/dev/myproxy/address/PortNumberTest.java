package dev.myproxy.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortNumberTest {

    @TempDir
    Path dir;

    @Test
    void findsNamesAndAliasesOfTcpServices() throws Exception {
        Path services = Files.write(dir.resolve("services"),
                """
                # caf\u00e9
                domain   53/udp
                domain   5353/tcp
                mysql    3306/tcp   mariadb db  # the one
                huge     99999/tcp
                """.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(PortNumber.lookUp(services, "mysql")).hasValue(3306);
        assertThat(PortNumber.lookUp(services, "db")).hasValue(3306);
        assertThat(PortNumber.lookUp(services, "domain")).hasValue(5353);
        assertThat(PortNumber.lookUp(services, "the")).isEmpty();
        assertThat(PortNumber.lookUp(services, "huge")).isEmpty();
    }

    @Test
    void doesWithoutTheFile() {
        assertThat(PortNumber.lookUp(dir.resolve("none"), "mysql")).isEmpty();
    }

    @Test
    void readsNumbers() throws Exception {
        assertThat(PortNumber.parse("h", "0")).isZero();
        assertThat(PortNumber.parse("h", "003306")).isEqualTo(3306);
    }
}
