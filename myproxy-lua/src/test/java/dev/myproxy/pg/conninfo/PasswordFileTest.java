package dev.myproxy.pg.conninfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordFileTest {

    @TempDir
    Path home;

    private Here here;

    @BeforeEach
    void setUp() {
        here = new Here(home);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  db:5432:shop:joe:geheim        | geheim
                                                                  *:*:*:*:geheim                 | geheim
                                                                  db:*:shop:joe:geheim           | geheim
                                                                  db:5432:shop:joe:ge\\:heim     | ge:heim
                                                                  db:5432:shop:joe:ge\\\\heim    | ge\\heim
                                                                  db:5432:shop:joe:ge:heim       | ge
                                                                  db:5432:shop:joe:geheim\\      | geheim\\
                                                                  d\\b:5432:shop:joe:geheim      | geheim
                                                                  db:5432:shop:joe:              | ``
                                                                  db:5433:shop:joe:geheim        | ``
                                                                  db2:5432:shop:joe:geheim       | ``
                                                                  d:5432:shop:joe:geheim         | ``
                                                                  **:5432:shop:joe:geheim        | ``
                                                                  #db:5432:shop:joe:geheim       | ``
                                                                  db:5432:shop                   | ``
                                                                  db:5432:shop:joe               | ``
                                                                  db\\                           | ``
                                                                  """)
    void linesMatchWhenAllFieldsDo(String line, String password) {
        here.file(".pgpass", line);

        assertThat(Here.password(here.read("host=db dbname=shop user=joe"))).isEqualTo(password);
    }

    @Test
    void theFirstLineThatMatchesCountsForEachHost() {
        here.file(".pgpass", "", "b:5432:*:*:for b", "*:7:*:*:for seven", "*:*:*:*:for all");

        ConnectionSettings settings = here.read("host=a,b,c port=5432,5432,7");

        assertThat(settings.hosts()).extracting(Here::password).containsExactly("for all", "for b", "for seven");
    }

    @Test
    void colonsAndBackslashesInNamesAreEscaped() {
        here.file(".pgpass", "\\:\\:1:5432:a\\\\b:c\\:d:geheim");

        assertThat(Here.password(here.read("postgresql://c%3Ad@[::1]/a%5Cb"))).isEqualTo("geheim");
    }

    @Test
    void theUsualSocketIsTheLocalHostAndOthersAreTheirDirectory() throws Exception {
        Files.createDirectory(here.sockets);
        here.file(".pgpass", "localhost:5432:*:*:usual", "/elsewhere:5432:*:*:elsewhere");

        assertThat(Here.password(here.read(""))).isEqualTo("usual");
        assertThat(Here.password(here.read("host=" + here.sockets))).isEqualTo("usual");
        assertThat(Here.password(here.read("host=/elsewhere"))).isEqualTo("elsewhere");
    }

    @Test
    void anAddressIsLookedUpByTheNameOfItsHostIfItHasOne() {
        here.file(".pgpass", "db:5432:*:*:by name", "10.0.0.1:5432:*:*:by address");

        assertThat(Here.password(here.read("host=db hostaddr=10.0.0.1"))).isEqualTo("by name");
        assertThat(Here.password(here.read("hostaddr=10.0.0.1"))).isEqualTo("by address");
    }

    @Test
    void anotherFileCanBeNamed() {
        here.file(".pgpass", "*:*:*:*:home").file("other", "*:*:*:*:other").file("third", "*:*:*:*:third")
                .with("PGPASSFILE", home + "/third");

        assertThat(Here.password(here.read("host=db passfile=" + home + "/other"))).isEqualTo("other");
        assertThat(Here.password(here.read("host=db"))).isEqualTo("third");
    }

    @Test
    void aPasswordThatIsGivenNeedsNoFile() {
        here.fileOf("rw-r--r--", ".pgpass", "*:*:*:*:file");

        ConnectionSettings settings = here.read("host=db password=given");

        assertThat(Here.password(settings)).isEqualTo("given");
        assertThat(settings.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"rw-r-----", "rw----r--", "rw-----w-", "rwx--x---"})
    void aFileThatOthersMayUseIsNotUsed(String permissions) {
        here.fileOf(permissions, ".pgpass", "*:*:*:*:geheim");

        ConnectionSettings settings = here.read("host=db");

        assertThat(Here.password(settings)).isEmpty();
        assertThat(settings.warnings()).containsExactly("password file \"" + home
                + "/.pgpass\" has group or world access; permissions should be u=rw (0600) or less");
    }

    @Test
    void aDirectoryIsNoFile() throws Exception {
        Files.createDirectory(home.resolve(".pgpass"));

        assertThat(here.read("host=db").warnings())
                .containsExactly("password file \"" + home + "/.pgpass\" is not a plain file");
    }

    @Test
    void onlyAFileThatSomebodyNamedIsMissed() {
        assertThat(here.read("host=db").warnings()).isEmpty();
        assertThat(here.read("host=db passfile=/nowhere/x").warnings())
                .containsExactly("password file \"/nowhere/x\" not found");
    }

    @Test
    void anyBytesCanBeAPassword() throws Exception {
        Path file = home.resolve("bytes");
        here.file("bytes", "");
        Files.write(file, new byte[]{'*', ':', '*', ':', '*', ':', '*', ':', (byte) 0xff, (byte) 0xc3, '\r', '\n'});
        List<String> warnings = new ArrayList<>();

        assertThat(PasswordFile.read(file, true, warnings).find("db", 5432, "shop", "joe").copy())
                .containsExactly(0xff, 0xc3);
    }

    @Test
    void namesAreComparedAsUtf8() {
        here.file(".pgpass", "db:5432:lädchen:jürgen:süß");

        assertThat(Here.password(here.read("host=db dbname=lädchen user=jürgen")))
                .isEqualTo("süß");
    }
}
