package dev.myproxy.bench.load;

import dev.myproxy.address.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Point selects by <a href="https://github.com/akopytov/sysbench">sysbench</a>, with a thread for each session. The time of
 * its logins, a few milliseconds, counts as part of the window.
 */
public final class Sysbench {

    private static final long PATIENCE_SECONDS = 30;

    private final Path program;
    private final Path directory;

    /**
     * @param program   which sysbench
     * @param directory for what it prints
     */
    public Sysbench(Path program, Path directory) {
        this.program = program;
        this.directory = directory;
    }

    /** Runs it once, on the table of a {@code sysbench ... --tables=1 prepare}. */
    public Rates pointSelects(Endpoint endpoint, int connections, Statement statement,
            Duration length, ProcessorClock clock) throws IOException, InterruptedException {
        Path out = directory.resolve("sysbench.out");
        List<String> command = command(endpoint, connections, statement, length);
        Duration before = clock.read();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try {
            if (!process.waitFor(length.toSeconds() + PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new LoadException("sysbench does not end");
            }
        } finally {
            process.destroyForcibly();
        }
        Duration used = clock.read().minus(before);
        SysbenchOutput output = SysbenchOutput.read(Files.readString(out));
        return new Rates(output.queries(), output.elapsed(), used, output.latencies());
    }

    private List<String> command(Endpoint endpoint, int connections, Statement statement,
            Duration length) throws LoadException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "oltp_point_select", "--db-driver=mysql",
                "--mysql-user=" + endpoint.credentials().user().utf8(),
                "--mysql-db=" + endpoint.credentials().database().utf8(), "--tables=1",
                "--table-size=" + statement.rows(), "--rand-type=uniform", "--histogram=on",
                "--db-ps-mode=" + (statement.prepared() ? "auto" : "disable"), "--threads=" + connections,
                "--time=" + Math.max(1, length.toSeconds())));
        switch (endpoint.address()) {
            case Address.Inet inet -> command.addAll(List.of(
                    "--mysql-host=" + inet.socket().getAddress().getHostAddress(),
                    "--mysql-port=" + inet.socket().getPort()));
            case Address.UnixPath unix -> command.add("--mysql-socket=" + unix.path());
            case Address.Abstract _ -> throw new LoadException("sysbench knows no abstract sockets");
        }
        command.add("--mysql-password=" + new String(endpoint.credentials().password().copy(), StandardCharsets.UTF_8));
        command.add("run");
        return command;
    }
}
