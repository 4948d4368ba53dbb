package dev.myproxy.it.matrix;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/**
 * A JDBC driver.
 *
 * @param url of a login; nothing if the driver can't do such
 */
record JdbcClient(String key, String title, String tlsSwitch, Driver driver, String release,
        Function<Attempt, Optional<String>> url) implements LoginClient {

    static JdbcClient mariaDb() {
        return new JdbcClient("connector_maria", "MariaDB Connector/J", "`sslMode=trust`",
                new org.mariadb.jdbc.Driver(), org.mariadb.jdbc.util.VersionFactory.getInstance().getVersion(),
                attempt -> Optional.of(switch (attempt.way()) {
                    case UNIX -> "jdbc:mariadb://localhost/?localSocket=" + attempt.place();
                    case TCP -> "jdbc:mariadb://" + attempt.place() + "/";
                    case TLS -> "jdbc:mariadb://" + attempt.place() + "/?sslMode=trust";
                }));
    }

    static JdbcClient mySql() {
        try {
            return new JdbcClient("connector_mysql", "MySQL Connector/J", "`sslMode=REQUIRED`",
                    new com.mysql.cj.jdbc.Driver(), com.mysql.cj.Constants.CJ_VERSION,
                    attempt -> switch (attempt.way()) {
                        case UNIX -> Optional.empty();
                        case TCP -> Optional.of("jdbc:mysql://" + attempt.place() + "/");
                        case TLS -> Optional.of("jdbc:mysql://" + attempt.place() + "/?sslMode=REQUIRED");
                    });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean verifies() {
        return false;
    }

    @Override
    public String source() {
        return "Maven";
    }

    @Override
    public Optional<String> version() {
        return Optional.of(release);
    }

    @Override
    public List<Outcome> logIn(List<Attempt> attempts, Path directory) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Attempt attempt : attempts) {
            outcomes.add(url.apply(attempt).map(text -> logIn(text, attempt))
                    .orElseGet(() -> Outcome.error(0, "has no Unix sockets of its own")));
        }
        return outcomes;
    }

    private Outcome logIn(String text, Attempt attempt) {
        Properties account = new Properties();
        account.setProperty("user", attempt.user().utf8());
        account.setProperty("password", attempt.password().utf8());
        try (Connection connection = driver.connect(text, account);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT CURRENT_USER()")) {
            result.next();
            return Outcome.in(result.getString(1));
        } catch (SQLException e) {
            return Outcome.error(e.getErrorCode(), e.getMessage());
        }
    }
}
