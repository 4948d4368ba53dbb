package dev.myproxy.dist;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.ServerConnection;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database server of a cluster, played: it can be stopped and started, demoted and promoted, be full or hang. */
final class PlayedServer implements Closeable {

    /** How it takes connections. */
    enum Mood {
        WORKS, IS_FULL, HANGS, CLOSES
    }

    private final String name;
    private final Address address;
    private final AtomicInteger writersWhileReadOnly = new AtomicInteger();
    private FakeServer server;
    private volatile boolean readOnly;
    private volatile Mood mood = Mood.WORKS;

    PlayedServer(String name) throws IOException {
        this.name = name;
        this.server = FakeServer.start(Endpoints.tcp(0), this::play);
        this.address = server.address();
    }

    String name() {
        return name;
    }

    Address address() {
        return address;
    }

    PlayedServer readOnly(boolean value) {
        readOnly = value;
        return this;
    }

    PlayedServer is(Mood value) {
        mood = value;
        return this;
    }

    /** How many sessions of users named writer… have logged in while it took no writes. */
    int writersWhileReadOnly() {
        return writersWhileReadOnly.get();
    }

    /** As kill -9: the connections break, and the port refuses. */
    void stop() throws IOException {
        server.close();
    }

    void start() throws IOException {
        server = FakeServer.start(address, this::play);
    }

    private void play(ServerConnection client) throws IOException {
        switch (mood) {
            case HANGS -> client.stall();
            case CLOSES -> client.close();
            case IS_FULL -> client.err(1040, "08004", "Too many connections");
            case WORKS -> serve(client);
        }
    }

    private void serve(ServerConnection client) throws IOException {
        client.greet();
        if (client.acceptAll().user().startsWith("writer") && readOnly) {
            writersWhileReadOnly.incrementAndGet();
        }
        try {
            for (Packet command = client.read(); command.first() != Command.QUIT.code(); command = client.read()) {
                if (command.first() == Command.QUERY.code()) {
                    String sql = command.body().text(command.length() - 1);
                    String value = sql.contains("read_only") ? readOnly ? "1" : "0" : name;
                    client.resultSet(List.of("v"), List.of(List.of(value)), Flags.AUTOCOMMIT);
                } else {
                    client.ok();
                }
            }
        } catch (EOFException _) {
            // the client left without a word
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
