package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command-line client of MySQL, which negotiates DEPRECATE_EOF and knows no mysql_native_password any more. */
class MySqlClientIT {

    private static final String DATABASE = "mysql_client";

    private static RealMySql server;
    private static Path client;

    private final SharedProxy proxy = SharedProxy.standard();

    @TempDir
    private Path directory;

    @BeforeAll
    static void fill() throws IOException {
        client = MySqlFiles.client();
        server = RealMySql.shared();
        ClientProgram.prepare(server, "program", DATABASE);
    }

    /** A listener for such servers, which has learnt what they have. */
    private Address proxied(TestedServer target) throws IOException {
        String listener = target == server ? "mysql" : "mariadb";
        proxy.loggedIn(listener, target.socket()).close();
        return proxy.listener(listener);
    }

    private String run(Address address, String user, String script, String environment, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("env", environment, client.toString(), "--no-defaults",
                "--default-character-set=utf8mb4", "--loose-commands=ON", "--batch", "--force", "--unbuffered",
                "--comments",
                "--socket=" + ((Address.UnixPath) address).path(), "--user=" + user,
                "--password=" + ClientProgram.PASSWORD));
        command.addAll(List.of(options));
        command.add(DATABASE);
        return Programs.run(directory, Programs.script(script), command);
    }

    @Test
    void seesWhatItSeesDirectly() throws IOException, InterruptedException {
        String direct = run(server.socket(), "program", "commands.sql", "LANG=C");
        assertThat(direct).contains("program@%", "ERROR 1146 (42S02)", "ERROR 1062 (23000)", "still here")
                .endsWith("done\n");
        assertThat(run(proxied(server), account("program", server.socket()), "commands.sql", "LANG=C"))
                .isEqualTo(direct);
    }

    @Test
    void reachesAccountsOfPluginsThatItDoesNotHave() throws IOException, InterruptedException {
        EmbeddedMariaDb mariaDb = EmbeddedMariaDb.shared();
        ClientProgram.prepare(mariaDb, "native", DATABASE);
        assertThat(run(proxied(mariaDb), account("native", mariaDb.socket()), "commands.sql",
                "LIBMYSQL_ENABLE_CLEARTEXT_PLUGIN=1"))
                .contains("native@%", "ERROR 1146 (42S02)").endsWith("done\n");
    }

    @Test
    void sendsAttributesWithItsStatements() throws IOException, InterruptedException {
        if (server.value("SELECT COUNT(*) FROM mysql.component WHERE component_urn LIKE '%query_attributes'")
                .equals("0")) {
            server.execute("INSTALL COMPONENT 'file://component_query_attributes'");
        }
        String direct = run(server.socket(), "program", "attributes.sql", "LANG=C");
        assertThat(direct).contains("first\tsecond\n", "NULL\tNULL\n");
        assertThat(run(proxied(server), account("program", server.socket()), "attributes.sql", "LANG=C",
                "--enable-cleartext-plugin")).isEqualTo(direct);
    }
}
