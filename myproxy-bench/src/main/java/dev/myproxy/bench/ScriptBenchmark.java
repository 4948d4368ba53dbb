package dev.myproxy.bench;

import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A login's question to a script that decides where to connect to, and the notice that the client has left: what
 * {@link LoginHopBenchmark} measures, and the engine and the script besides.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ScriptBenchmark {

    private static final int LOGINS = 256;

    private static final String CONFIGURATION = """
                                                mysql_listen('@benchmark', {
                                                  on_handshake_response = function(client, login)
                                                    client.account = login.user
                                                    return client:connect('/run/mysqld/mysqld.sock', {
                                                      user = login.user, password = login.password, database = login.database or 'shop'
                                                    })
                                                  end
                                                })
                                                """;

    @Param({"luajit", "luaj"})
    private String engine = "";

    /** How many logins wait for a decision at any time. */
    @Param({"1", "64"})
    private int atOnce;

    private final Asker asker = new Asker();
    private final OneListener host = new OneListener();
    private Handlers handlers = Handlers.of(0);

    /** Loads the configuration. */
    @Setup
    public void start() throws IOException {
        ScriptEngine chosen = ServiceLoader.load(ScriptEngine.class).stream().map(ServiceLoader.Provider::get)
                .filter(known -> known.name().equals(engine)).findFirst().orElseThrow();
        chosen.unavailable().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        Path configuration = Files.createTempFile("benchmark-", ".lua");
        try {
            Files.writeString(configuration, CONFIGURATION);
            asker.deploy(chosen.verticle(configuration, host));
        } finally {
            Files.delete(configuration);
        }
        handlers = host.handlers();
    }

    @TearDown
    public void stop() {
        asker.close();
    }

    @Benchmark
    @OperationsPerInvocation(LOGINS)
    public void decision() {
        asker.ask(handlers, LOGINS, atOnce);
    }
}
