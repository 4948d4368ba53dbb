package dev.myproxy.it.matrix;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.mysqlclient.SslMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Vert.x's MySQL client, with native transport, without which it has no Unix sockets. */
record VertxLogins() implements LoginClient {

    private static final String POM = "/META-INF/maven/io.vertx/vertx-mysql-client/pom.properties";

    @Override
    public String key() {
        return "vertx";
    }

    @Override
    public String title() {
        return "Vert.x MySQL client";
    }

    @Override
    public String tlsSwitch() {
        return "`setSslMode(SslMode.REQUIRED)`, `setTrustAll(true)`";
    }

    @Override
    public boolean verifies() {
        return false;
    }

    @Override
    public boolean keepsFirstSalt() {
        return true;
    }

    @Override
    public String source() {
        return "Maven";
    }

    @Override
    public Optional<String> version() {
        try (InputStream in = MySQLConnection.class.getResourceAsStream(POM)) {
            Properties pom = new Properties();
            if (in != null) {
                pom.load(in);
            }
            return Optional.of(pom.getProperty("version", "5"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<Outcome> logIn(List<Attempt> attempts, Path directory) throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        try {
            List<Outcome> outcomes = new ArrayList<>();
            for (Attempt attempt : attempts) {
                outcomes.add(logIn(vertx, attempt));
            }
            await(vertx.close());
            return outcomes;
        } catch (TimeoutException e) {
            throw new IOException("Vert.x's client waits for too long", e);
        }
    }

    private static Outcome logIn(Vertx vertx, Attempt attempt) throws TimeoutException {
        try {
            MySQLConnection connection = await(MySQLConnection.connect(vertx, options(attempt)));
            String name = await(connection.query("SELECT CURRENT_USER()").execute()).iterator().next().getString(0);
            await(connection.close());
            return Outcome.in(name);
        } catch (MySQLException e) {
            return Outcome.error(e.getErrorCode(),
                    String.valueOf(e.getMessage()).replaceAll("(?s)^\\{errorMessage=(.*), errorCode=.*", "$1"));
        } catch (RuntimeException e) {
            return Outcome.error(0, e.getMessage());
        }
    }

    private static MySQLConnectOptions options(Attempt attempt) {
        MySQLConnectOptions options = new MySQLConnectOptions().setUser(attempt.user().utf8())
                .setPassword(attempt.password().utf8());
        if (attempt.way() == Way.UNIX) {
            return options.setHost(attempt.place());
        }
        options.setHost(attempt.host()).setPort(attempt.port());
        return attempt.way() == Way.TLS
                ? options.setSslMode(SslMode.REQUIRED).setSslOptions(new ClientSSLOptions().setTrustAll(true))
                : options;
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(60, TimeUnit.SECONDS);
    }
}
