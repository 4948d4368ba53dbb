package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients log in as they come out of their packages, over Unix sockets and plain TCP, with passwords of any length. */
class DefaultLoginsIT {

    private static final List<String> PASSWORDS = List.of("se 'cret", "", "ä€".repeat(60));

    private final SharedProxy proxy = SharedProxy.standard();

    @TempDir
    private Path directory;

    /** Each tries all passwords, and prints what the listener's script makes of them. */
    enum Client {
        PHP {
            @Override
            List<String> command(Path script) {
                return List.of("php", script.toString());
            }

            @Override
            String script(String unix, String host, int port) {
                return """
                       <?php foreach (["unix_socket=%s", "host=%s;port=%d"] as $where) foreach (["se 'cret", "", str_repeat("ä€", 60)] as $password) {
                         try { new PDO("mysql:$where", "joe", $password); } catch (Exception $e) { echo $e->getMessage(), "\\n"; }
                       }
                       """
                        .formatted(unix, host, port);
            }
        },
        PYTHON3 {
            @Override
            List<String> command(Path script) {
                return List.of("/usr/bin/python3", script.toString());
            }

            @Override
            String script(String unix, String host, int port) {
                return """
                       import pymysql
                       for where in (dict(unix_socket='%s'), dict(host='%s', port=%d)):
                           for password in ("se 'cret", "", "ä€" * 60):
                               try:
                                   pymysql.connect(user='joe', password=password.encode(), **where)
                               except pymysql.MySQLError as e:
                                   print(e.args[1])
                       """.formatted(unix, host, port);
            }
        },
        NODE {
            @Override
            List<String> command(Path script) {
                return List.of("env", "NODE_PATH=" + Programs.cached("mysql2", "node_modules"), "node",
                        script.toString());
            }

            @Override
            String script(String unix, String host, int port) {
                return """
                       const mysql = require('mysql2');
                       const all = [{socketPath: '%s'}, {host: '%s', port: %d}].flatMap(
                         where => ["se 'cret", '', 'ä€'.repeat(60)].map(password => ({user: 'joe', password, ...where})));
                       const next = () => {
                         const options = all.shift();
                         if (!options) process.exit(0);
                         const connection = mysql.createConnection(options);
                         connection.on('error', () => {});
                         connection.connect(e => { console.log(e.message); next(); });
                       };
                       next();
                       """
                        .formatted(unix, host, port);
            }
        },
        MARIADB {
            @Override
            List<String> command(Path script) {
                return List.of("sh", script.toString());
            }

            @Override
            String script(String unix, String host, int port) {
                return """
                       long=$(for i in 1 2 3 4 5 6; do printf 'ä€ä€ä€ä€ä€ä€ä€ä€ä€ä€'; done)
                       for where in '--ssl --socket=%s' '--skip-ssl --host=%s --port=%d'; do
                         for password in "se 'cret" '' "$long"; do
                           mariadb --no-defaults $where --user=joe "--password=$password" 2>&1
                         done
                       done
                       true
                       """.formatted(unix, host, port);
            }
        };

        abstract List<String> command(Path script);

        abstract String script(String unix, String host, int port);

        /** Skips the test on machines without it. */
        void require() {
            boolean installed = switch (this) {
                case PHP -> ClientProgram.PHP_PDO.isInstalled();
                case PYTHON3 -> ClientProgram.PYTHON_PYMYSQL.isInstalled()
                        && Programs.succeeds("/usr/bin/python3", "-c", "import cryptography");
                case NODE -> ClientProgram.NODE_MYSQL2.isInstalled();
                case MARIADB -> ClientProgram.MARIADB.isInstalled();
            };
            assumeTrue(installed, () -> name().toLowerCase(Locale.ROOT) + " or its driver is not installed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theScriptGetsThePasswordOfEachClient(Client client) throws Exception {
        client.require();
        String unix = ((Address.UnixPath) proxy.listener("login-show")).path();
        String host = ((Address.Inet) proxy.tcp("strict")).socket().getHostString();
        Path script = Files.writeString(directory.resolve("client"), client.script(unix, host, proxy.port()));

        String printed = Programs.run(directory, Path.of("/dev/null"), client.command(script));

        List<String> expected = new ArrayList<>();
        for (int way = 0; way < 2; way++) {
            PASSWORDS.forEach(password -> expected.add("user=joe password=" + password + " database=nil"));
        }
        assertThat(printed.lines()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(printed.lines().skip(i).findFirst().orElseThrow()).contains(expected.get(i));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Client.class, names = "MARIADB")
    void aPasswordInClearOverANetworkIsRefusedInWords(Client client) throws IOException, InterruptedException {
        client.require();
        Path script = Files.writeString(directory.resolve("client"), "mariadb --no-defaults --skip-ssl --host="
                + ((Address.Inet) proxy.tcp("strict")).socket().getHostString() + " --port=" + proxy.port()
                + " --default-auth=mysql_clear_password --user=joe --password=secret 2>&1; true");

        assertThat(Programs.run(directory, Path.of("/dev/null"), client.command(script)))
                .contains("ERROR 1251 (08004)", "allow_cleartext");
    }
}
