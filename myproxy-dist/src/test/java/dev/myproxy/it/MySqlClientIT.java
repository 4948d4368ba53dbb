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

    private final Address proxy = SharedProxy.standard().listener("main");

    @TempDir
    private Path directory;

    @BeforeAll
    static void fill() throws IOException {
        client = MySqlFiles.client();
        server = RealMySql.shared();
        ClientProgram.prepare(server, "program", DATABASE);
    }

    private String run(Address address, String user, String environment, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("env", environment, client.toString(), "--no-defaults",
                "--default-character-set=utf8mb4", "--batch", "--force", "--unbuffered", "--comments",
                "--socket=" + ((Address.UnixPath) address).path(), "--user=" + user,
                "--password=" + ClientProgram.PASSWORD));
        command.addAll(List.of(options));
        command.add(DATABASE);
        return Programs.run(directory, Programs.script("commands.sql"), command);
    }

    @Test
    void seesWhatItSeesDirectly() throws IOException, InterruptedException {
        String direct = run(server.socket(), "program", "LANG=C");
        assertThat(direct).contains("program@%", "ERROR 1146 (42S02)", "ERROR 1062 (23000)", "still here")
                .endsWith("done\n");
        assertThat(run(proxy, account("program", server.socket()), "LANG=C", "--enable-cleartext-plugin"))
                .isEqualTo(direct);
    }

    @Test
    void reachesAccountsOfPluginsThatItDoesNotHave() throws IOException, InterruptedException {
        EmbeddedMariaDb mariaDb = EmbeddedMariaDb.shared();
        ClientProgram.prepare(mariaDb, "native", DATABASE);
        assertThat(run(proxy, account("native", mariaDb.socket()), "LIBMYSQL_ENABLE_CLEARTEXT_PLUGIN=1"))
                .contains("native@%", "ERROR 1146 (42S02)").endsWith("done\n");
    }
}
