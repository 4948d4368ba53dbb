package dev.myproxy.it;

import dev.myproxy.address.Address;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Several MariaDB servers, each with an IP address and a {@code server_id} of its own, counted from 0: the first one is the
 * primary at first, the others replicate from it by GTID and take no writes. A server that is started again takes no writes
 * and replicates from nobody until it is told to, unless it did before.
 *
 * <p>Accounts: {@code app} and {@code monitor}, both with the password {@code geheim}.
 */
final class ReplicatedMariaDb implements Closeable {

    /** Statements that make the accounts, at one server alone. */
    static final String[] ACCOUNTS = {"SET sql_log_bin = 0", "CREATE DATABASE app",
            "CREATE USER app IDENTIFIED BY 'geheim'", "GRANT ALL ON app.* TO app",
            "CREATE USER monitor IDENTIFIED BY 'geheim'", "GRANT SLAVE MONITOR ON *.* TO monitor",
            "CREATE USER replicator IDENTIFIED BY 'geheim'", "GRANT REPLICATION SLAVE ON *.* TO replicator"};

    private final List<EmbeddedMariaDb> servers;

    private ReplicatedMariaDb(List<EmbeddedMariaDb> servers) {
        this.servers = servers;
    }

    /** Starts so many servers, at the same time. */
    static ReplicatedMariaDb start(int count) throws IOException, InterruptedException {
        MariaDbFiles.home();
        List<Future<EmbeddedMariaDb>> starting = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            for (int i = 0; i < count; i++) {
                int node = i;
                starting.add(threads.submit(() -> start(host(node), node + 1)));
            }
        }
        List<EmbeddedMariaDb> servers = starting.stream().filter(each -> each.state() == Future.State.SUCCESS)
                .map(Future::resultNow).toList();
        if (servers.size() < count) {
            for (EmbeddedMariaDb server : servers) {
                server.close();
            }
            throw new IOException("a server does not start", starting.stream()
                    .filter(each -> each.state() == Future.State.FAILED).map(Future::exceptionNow).findFirst()
                    .orElseThrow());
        }
        ReplicatedMariaDb all = new ReplicatedMariaDb(servers);
        all.promote(0);
        return all;
    }

    private static EmbeddedMariaDb start(String host, int serverId) throws IOException, InterruptedException {
        EmbeddedMariaDb server = EmbeddedMariaDb.start("--bind-address=" + host, "--server-id=" + serverId,
                "--log-bin=binlog", "--log-slave-updates", "--read-only", "--innodb-flush-log-at-trx-commit=2",
                "--max-binlog-size=1M", "--relay-log=relay");
        server.execute(ACCOUNTS);
        return server;
    }

    private static String host(int node) {
        return "127.0.0." + (2 + node);
    }

    EmbeddedMariaDb server(int node) {
        return servers.get(node);
    }

    /** Where a server listens. */
    Address address(int node) {
        return new Address.Inet(new InetSocketAddress(host(node), server(node).port()));
    }

    /** Makes a server the primary: it takes writes, and all others that run replicate from it and don't. */
    void promote(int primary) throws IOException {
        server(primary).execute("STOP ALL SLAVES", "RESET SLAVE ALL", "SET GLOBAL read_only = OFF");
        for (int node = 0; node < servers.size(); node++) {
            if (node != primary && server(node).process().isAlive()) {
                follow(node, primary);
            }
        }
    }

    /** Makes a server a replica. */
    void follow(int node, int primary) throws IOException {
        server(node).execute("SET GLOBAL read_only = ON", "STOP ALL SLAVES",
                "CHANGE MASTER TO MASTER_HOST = '" + host(primary) + "', MASTER_PORT = " + server(primary).port()
                        + ", MASTER_USER = 'replicator', MASTER_PASSWORD = 'geheim', MASTER_CONNECT_RETRY = 1, MASTER_SSL = 0, MASTER_DELAY = 0,"
                        + " MASTER_USE_GTID = slave_pos, MASTER_DEMOTE_TO_SLAVE = 1",
                "START SLAVE");
    }

    @Override
    public void close() throws IOException {
        for (EmbeddedMariaDb server : servers) {
            server.close();
        }
    }
}
