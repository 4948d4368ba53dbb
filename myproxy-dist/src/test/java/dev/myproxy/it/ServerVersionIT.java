package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.tls.TestEngines;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients of listeners that greet with the version of their servers see what they see directly. */
class ServerVersionIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();
    private static final String USER = "versions";

    private static final SharedProxy PROXY = SharedProxy.standard();

    @TempDir
    private Path directory;

    @BeforeAll
    static void fill() throws IOException {
        ClientProgram.prepare(DB, USER, ClientProgram.DATABASE);
        teach("like-mariadb", DB);
        if (RealMySql.available()) {
            ClientProgram.prepare(RealMySql.shared(), USER, ClientProgram.DATABASE);
            teach("like-mysql", RealMySql.shared());
        }
    }

    /** Lets a client log in, so that the listener knows the server from then on. */
    private static void teach(String listener, TestedServer server) throws IOException {
        PROXY.loggedIn(listener, server.socket()).close();
        try (RawClient direct = RawClient.connect(server.socket()); RawClient client = PROXY.connect(listener)) {
            assertThat(client.readGreeting().version()).isEqualTo(direct.readGreeting().version());
        }
    }

    private static String path(Address address) {
        return ((Address.UnixPath) address).path();
    }

    private void assertSeesWhatItSeesDirectly(ClientProgram program, TestedServer server, String listener)
            throws IOException, InterruptedException {
        program.require();
        String direct = program.run(directory, path(server.socket()), USER, false);
        assertThat(direct).endsWith("done\n");
        assertThat(program.run(directory, path(PROXY.listener(listener)), account(USER, server.socket()), false))
                .isEqualTo(direct);
    }

    @ParameterizedTest
    @EnumSource
    void programsTalkToMariaDb(ClientProgram program) throws IOException, InterruptedException {
        assertSeesWhatItSeesDirectly(program, DB, "like-mariadb");
    }

    @ParameterizedTest
    @EnumSource(names = {"PHP_PDO", "NODE_MYSQL2"})
    void programsTalkToMySql(ClientProgram program) throws IOException, InterruptedException {
        assumeTrue(RealMySql.available(), "no MySQL (.ci/mysql-server)");
        assertSeesWhatItSeesDirectly(program, RealMySql.shared(), "like-mysql");
    }

    private static Connection connect(String driver, Address at, String user) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", ClientProgram.PASSWORD);
        return DriverManager.getConnection("jdbc:" + driver + "://" + at + "/" + (driver.equals("mysql")
                ? "?sslMode=REQUIRED"
                : at.equals(DB.tcp()) ? "?sslMode=disable" : "?sslMode=trust"), properties);
    }

    private static String product(Connection connection) throws SQLException {
        try (connection) {
            DatabaseMetaData data = connection.getMetaData();
            return data.getDatabaseProductName() + " " + data.getDatabaseProductVersion() + " "
                    + data.getDatabaseMajorVersion();
        }
    }

    /** It sets what MySQL 5.7 has, but not the MySQL of today, at a server that says it is one. */
    @Test
    void mySqlsConnectorGetsAlongWithMySql() throws Exception {
        assumeTrue(RealMySql.available(), "no MySQL (.ci/mysql-server)");
        RealMySql server = RealMySql.shared();
        String user = account(USER, server.socket());
        try (RawClient first = RawClient.connect(PROXY.tcp("like-mysql"))) {
            first.encrypt(Login.clear(user, ClientProgram.PASSWORD), TestEngines.client());
            assertThat(first.tryEncryptedLogin(Login.clear(user, ClientProgram.PASSWORD)).isOk()).isTrue();
        }

        assertThat(product(connect("mysql", PROXY.tcp("like-mysql"), user)))
                .isEqualTo(product(connect("mysql", server.tcp(), USER)));

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> connect("mysql", PROXY.tcp(), user).close())
                .withMessageContaining("query_cache_size");
    }

    @Test
    void mariaDbsConnectorGetsAlongWithMariaDb() throws Exception {
        String user = account(USER, DB.socket());
        connect("mariadb", PROXY.tcp("like-mariadb"), user).close();

        assertThat(product(connect("mariadb", PROXY.tcp("like-mariadb"), user)))
                .isEqualTo(product(connect("mariadb", DB.tcp(), USER)));
    }
}
