package dev.myproxy.pg;

import dev.myproxy.pg.conninfo.ConnectionSettings;
import dev.myproxy.pg.conninfo.Conninfo;
import dev.myproxy.pg.conninfo.ConninfoException;
import dev.myproxy.pg.conninfo.Surroundings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A database object for tests, with what a test wants to do with it. */
final class TestDatabase implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final PgDatabase database;

    TestDatabase(PostgresServer server) {
        this(server, PgLimits.DEFAULT, Optional.empty());
    }

    TestDatabase(PostgresServer server, PgLimits limits, Optional<String> schema) {
        this(server.conninfo() + " application_name='myproxy test'", limits, schema);
    }

    TestDatabase(String conninfo, PgLimits limits, Optional<String> schema) {
        database = new PgDatabase(vertx, settings(conninfo), schema, limits,
                new PgMeters.Names(meters).open().of("test"),
                "test");
    }

    private static ConnectionSettings settings(String conninfo) {
        try {
            return Conninfo.read(conninfo,
                    new Surroundings(Map.of(), Optional.of("nobody"), Path.of("/nonexistent"), List.of(), List.of()));
        } catch (ConninfoException e) {
            throw new AssertionError(e);
        }
    }

    PgResult execute(String sql, String... parameters) throws PgFailure {
        return await(start(sql, parameters));
    }

    PgExecution start(String sql, String... parameters) {
        return database.execute(new PgStatement(sql,
                parameters.length == 0
                        ? Optional.empty()
                        : Optional.of(new PgStatement.Parameters(
                                Arrays.stream(parameters).map(Optional::of).toList(), true))));
    }

    static PgResult await(PgExecution execution) throws PgFailure {
        try {
            return execution.result().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (PgFailure) e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Rows as texts; NULL is {@code null}. */
    static List<List<String>> texts(PgResult result) {
        return result.rows().stream()
                .map(row -> row.values().stream().map(value -> value.map(v -> v.utf8()).orElse("null")).toList())
                .toList();
    }

    @Override
    public void close() {
        database.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
