package dev.myproxy.quickstart;

import dev.myproxy.it.EmbeddedMariaDb;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Shows the daemon at work. Everything that it starts and writes is gone when it ends.
 */
public final class Quickstart implements Closeable {

    private static final String QUERY = "SELECT name, price, CURRENT_USER() AS 'account at the server' "
            + "FROM products ORDER BY name";

    private final PrintStream out;
    private final EmbeddedMariaDb database;
    private final QuickstartProxy proxy;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Starts server and proxy.
     *
     * @param home          the distribution
     * @param configuration what the proxy runs
     */
    public Quickstart(Path home, Path configuration, PrintStream out) throws IOException, InterruptedException {
        this.out = out;
        out.println("Starting MariaDB 11.4 with a sample database (the very first time it is unpacked, 350 MB) ...");
        database = EmbeddedMariaDb.start();
        try {
            SampleDatabase.create(database);
            out.println("Starting " + home.resolve("bin/myproxy") + " --config " + configuration + " ...");
            proxy = QuickstartProxy.start(home, configuration, database, out);
        } catch (IOException | InterruptedException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Logs in through the proxy and prints what a query gives. */
    public void query() throws SQLException {
        out.println();
        out.println("Logging in through the proxy as \"demo\" with password \"demo\":");
        try (Connection connection = DriverManager.getConnection(proxy.url(), "demo", "demo");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(QUERY)) {
            String table = TextTable.of(result);
            out.println();
            out.println(QUERY + ";");
            out.println(table);
        }
    }

    /** Prints how to connect. */
    public void explain() {
        out.println();
        out.println("The script " + proxy.configuration() + " decided: \"demo\" works as \"shop_owner\".");
        out.println("Lines after \"myproxy |\" are the daemon's log. Connect yourself, from another terminal:");
        out.println();
        out.println("  mariadb --socket=" + proxy.socket() + " -udemo -pdemo shop");
        out.println("  mariadb --host=127.0.0.1 --port=" + proxy.port() + " -udemo -pdemo shop");
        out.println("  mysql --host=127.0.0.1 --port=" + proxy.port() + " -udemo -pdemo shop");
        out.println("  " + proxy.url() + "&user=demo&password=demo     (JDBC, MariaDB Connector/J)");
        out.println("  jdbc:mysql://127.0.0.1:" + proxy.port()
                + "/shop?user=demo&password=demo     (JDBC, MySQL Connector/J)");
        out.println();
        out.println("Ctrl-C ends everything.");
    }

    /** Waits until the proxy ends, which it does by itself only if something is wrong. */
    public void await() throws InterruptedException {
        proxy.await();
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            try {
                proxy.close();
            } finally {
                database.close();
            }
        }
    }

    /**
     * Runs the demonstration.
     *
     * @param arguments the distribution, the configuration, and {@code --once} to end after the query
     */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            run(arguments);
        } catch (IOException | SQLException e) {
            System.err.println("quickstart: " + e.getMessage());
            Runtime.getRuntime().exit(1);
        }
    }

    private static void run(String... arguments) throws IOException, SQLException, InterruptedException {
        Quickstart quickstart = new Quickstart(Path.of(arguments[0]), Path.of(arguments[1]), System.out);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                quickstart.close();
            } catch (IOException e) {
                System.err.println("Could not clean up: " + e.getMessage());
            }
        }));
        quickstart.query();
        quickstart.explain();
        if (!List.of(arguments).contains("--once")) {
            quickstart.await();
        }
    }
}
