package dev.myproxy.it.matrix;

import dev.myproxy.it.NewerMariaDb;
import dev.myproxy.it.Programs;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The clients of the manual's tables. */
final class LoginClients {

    private static final Pattern ANY = Pattern.compile("");
    private static final Pattern SINCE_11_4 = Pattern.compile("1[2-9]\\.|11\\.([4-9]|[1-9][0-9])");
    private static final Pattern BEFORE_11_4 = Pattern.compile("(?!" + SINCE_11_4 + ")");
    private static final Set<Way> ALL_WAYS = EnumSet.allOf(Way.class);

    private LoginClients() {}

    static List<LoginClient> all() {
        return List.of(
                program("mariadb", "`mariadb` before 11.4", "`--ssl`", "Debian's package mariadb-client", "mariadb",
                        BEFORE_11_4, "mariadb", Set.of(Way.UNIX)),
                program("maria11", "`mariadb` from 11.4 on", ScriptedClient.NO_SWITCH,
                        ".ci/debian-programs mariadb",
                        NewerMariaDb.present() ? NewerMariaDb.client().toString() : "mariadb", SINCE_11_4, "mariadb",
                        Set.of()),
                program("mysql", "`mysql` of MySQL", "`--ssl-mode=REQUIRED`", ".ci/debian-programs mysql",
                        Programs.cached("mysql", "bin/mysql").toString(), ANY, "mysql", Set.of(Way.UNIX)),
                JdbcClient.mariaDb(), JdbcClient.mySql(),
                php("php", "PHP's mysqli", "`MYSQLI_CLIENT_SSL`", "mysqli"),
                php("pdo", "PHP's PDO", "`PDO::MYSQL_ATTR_SSL_CA`", "pdo"), python(), node(), new VertxLogins(),
                perl("dbd_mysql", "mysql", "libdbd-mysql-perl", "_ssl=1;mysql_ssl_optional=1", ALL_WAYS),
                // Takes all bytes for Latin 1, and sends them in UTF-8.
                perl("dbd_mariadb", "MariaDB", "libdbd-mariadb-perl", "_ssl=1;mariadb_ssl_optional=1", Set.of()));
    }

    private static LoginClient program(String key, String title, String tls, String source, String program,
            Pattern versions, String kind, Set<Way> waysOfBytes) {
        List<String> command = new ArrayList<>(List.of("bash", "SCRIPT", kind, "PLAN", program));
        return new ScriptedClient(key, title, tls, source, List.of(program, "--version"), versions, command,
                "logins.sh", waysOfBytes);
    }

    private static LoginClient php(String key, String title, String tls, String kind) {
        return new ScriptedClient(key, title, tls, "Debian's packages php-cli and php-mysql",
                List.of("php", "-r", "mysqli_init(); PDO::MYSQL_ATTR_SSL_CA; echo PHP_VERSION;"), ANY,
                List.of("php", "SCRIPT", "PLAN", kind), "logins.php", ALL_WAYS);
    }

    private static LoginClient python() {
        return new ScriptedClient("python", "PyMySQL", "`ssl={...}`",
                "Debian's packages python3-pymysql and python3-cryptography",
                List.of("/usr/bin/python3", "-c", "import cryptography, pymysql; print(pymysql.VERSION_STRING)"), ANY,
                List.of("/usr/bin/python3", "SCRIPT", "PLAN"), "logins.py", ALL_WAYS);
    }

    /** Its strings are text. */
    private static LoginClient node() {
        String modules = Programs.cached("mysql2", "node_modules").toString();
        return new ScriptedClient("node", "mysql2 for Node", "`ssl: {...}`", ".ci/mysql2",
                List.of("node", "-p", "require('" + modules + "/mysql2/package.json').version"), ANY,
                List.of("env", "NODE_PATH=" + modules, "node", "SCRIPT", "PLAN"), "logins.js", Set.of());
    }

    private static LoginClient perl(String key, String driver, String pkg, String tls, Set<Way> waysOfBytes) {
        return new ScriptedClient(key, "Perl's DBD::" + driver, "`" + driver.toLowerCase(Locale.ROOT) + tls + "`",
                "Debian's package " + pkg,
                List.of("perl", "-MDBD::" + driver, "-e", "print $DBD::" + driver + "::VERSION"), ANY,
                List.of("perl", "SCRIPT", "PLAN", driver, driver.toLowerCase(Locale.ROOT) + tls), "logins.pl",
                waysOfBytes);
    }
}
