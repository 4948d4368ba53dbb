package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.peers.Endpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver that verifies certificates by default, and one that nobody has signed. */
class UnsignedCertificateIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    /** Of the password "secret". */
    private static final String HASH = "*14E65567ABDB5135D0CFD9A70B3032C179A49EE7";

    @TempDir
    private static Path directory;

    private static int hashes;
    private static int passwords;
    private static ProxyProcess proxy;

    @BeforeAll
    static void startProxy() throws IOException {
        DB.createAccount("verifying", "secret", "verifying");
        hashes = Endpoints.freePort();
        passwords = Endpoints.freePort();
        proxy = ProxyProcess.start(directory, """
                                              local function connect(client, login)
                                                  return client:connect('%s', login)
                                              end
                                              mysql_listen('127.0.0.1:%d', {
                                                  on_handshake_response = function(client, login)
                                                      if not login:verify('%s') then
                                                          return client:err('wrong password', 1045, '28000')
                                                      end
                                                      return connect(client, login)
                                                  end,
                                              }, { auth = 'hash' })
                                              mysql_listen('127.0.0.1:%d', { on_handshake_response = connect })
                                              """
                .formatted(DB.socket(), hashes, HASH, passwords));
    }

    @AfterAll
    static void stopProxy() throws IOException {
        proxy.close();
    }

    private static String account(int port, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + port + "/?sslMode=verify-full", "verifying", password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT user()")) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void whoProvesItsPasswordLearnsThatTheCertificateIsOurs() throws SQLException {
        assertThat(account(hashes, "secret")).startsWith("verifying@");
        assertThatThrownBy(() -> account(hashes, "other")).hasMessageContaining("wrong password");
    }

    @Test
    void whoWouldHaveToTellItsPasswordRefuses() {
        assertThatThrownBy(() -> account(passwords, "secret")).hasMessageContaining("Self signed certificates");
    }
}
