package dev.myproxy.pg.conninfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTest {

    @TempDir
    Path home;

    private Here here;

    @BeforeEach
    void setUp() {
        here = new Here(home);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  host=a                                   | a:5432
                                                                  host=a port=7                            | a:7
                                                                  host=a port=' 7 '                        | a:7
                                                                  host=a,b port=7                          | a:7 b:7
                                                                  host=a,b port=7,8                        | a:7 b:8
                                                                  host=a,b port=,8                         | a:5432 b:8
                                                                  host=a,,b                                | a:5432 localhost:5432 b:5432
                                                                  host=/s,b port=7                         | /s/.s.PGSQL.7 b:7
                                                                  hostaddr=10.0.0.1                        | 10.0.0.1:5432
                                                                  hostaddr=10.0.0.1,::1 port=7             | 10.0.0.1:7 ::1:7
                                                                  host=a,b hostaddr=10.0.0.1,10.0.0.2      | 10.0.0.1:5432 10.0.0.2:5432
                                                                  host=a,b hostaddr=,10.0.0.2              | a:5432 10.0.0.2:5432
                                                                  host=,b hostaddr=10.0.0.1,10.0.0.2       | 10.0.0.1:5432 10.0.0.2:5432
                                                                  postgresql://a,b:8,c                     | a:5432 b:8 c:5432
                                                                  postgresql://[::1]:7,%2Fs                | ::1:7 /s/.s.PGSQL.5432
                                                                  """)
    void listsAreMatched(String text, String places) {
        assertThat(Here.places(here.read(text))).isEqualTo(List.of(places.split(" ")));
    }

    @Test
    void addressesKeepTheNamesThatCertificatesAreMadeOutTo() {
        assertThat(here.read("host=a,,c hostaddr=10.0.0.1,10.0.0.2,").hosts()).extracting(HostSettings::name)
                .containsExactly("a", "10.0.0.2", "c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  host=a,b hostaddr=10.0.0.1      | could not match 2 host names to 1 hostaddr values
                                                                  host=a hostaddr=10.0.0.1,::1    | could not match 1 host names to 2 hostaddr values
                                                                  host=a,b port=1,2,3             | could not match 3 port numbers to 2 hosts
                                                                  port=1,2                        | could not match 2 port numbers to 1 hosts
                                                                  hostaddr=db                     | could not parse network address "db": Name or service not known
                                                                  host=a port=x                   | invalid integer value "x" for connection option "port"
                                                                  host=a port=5432x               | invalid integer value "5432x" for connection option "port"
                                                                  host=a port=99999999999         | invalid integer value "99999999999" for connection option "port"
                                                                  host=a port=0                   | invalid port number: "0"
                                                                  host=a port=65536               | invalid port number: "65536"
                                                                  host=@abstract                  | host "@abstract" is not supported: PostgreSQL's sockets must be in a directory
                                                                  """)
    void mistakesAreSaidInTheWordsOfLibpq(String text, String message) {
        here.refuses(text, message);
    }

    @Test
    void pathsOfSocketsAreLimited() {
        String longest = "/" + "x".repeat(92);

        assertThat(Here.places(here.read("host=" + longest)).getFirst()).hasSize(107);
        here.refuses("host=" + longest + "x",
                "Unix-domain socket path \"" + longest + "x/.s.PGSQL.5432\" is too long (maximum 107 bytes)");
    }

    @Test
    void withoutHostTheUsualDirectoryIsTakenIfItIsThere() throws Exception {
        assertThat(Here.places(here.read("port=7"))).containsExactly("localhost:7");

        Files.createDirectory(here.sockets);
        assertThat(Here.places(here.read("port=7"))).containsExactly(here.sockets + "/.s.PGSQL.7");
    }

    @Test
    void withoutHostASocketThatIsThereComesFirst() throws Exception {
        Path second = Files.createDirectory(home.resolve("second"));
        Files.createDirectory(here.sockets);
        Files.createFile(second.resolve(".s.PGSQL.7"));
        Surroundings both = new Surroundings(here.surroundings().variables(), here.surroundings().user(), home,
                List.of(here.sockets, second), List.of());

        assertThat(Here.places(Conninfo.read("port=7", both))).containsExactly(second + "/.s.PGSQL.7");
        assertThat(Here.places(Conninfo.read("port=8", both))).containsExactly(here.sockets + "/.s.PGSQL.8");
    }
}
