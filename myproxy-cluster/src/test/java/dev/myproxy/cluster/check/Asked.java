package dev.myproxy.cluster.check;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.ServerConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A server that lets everybody in and answers each statement as told, until it is told to quit. */
final class Asked implements FakeServer.Script {

    /** Says something to a statement. */
    interface Reply {
        void to(ServerConnection client) throws IOException;
    }

    private final String version;
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private volatile boolean quit;

    Asked(String version) {
        this.version = version;
    }

    Asked on(String statement, Reply reply) {
        replies.put(statement, reply);
        return this;
    }

    /** The statements so far. */
    List<String> statements() {
        return statements;
    }

    /** Whether the last client left with COM_QUIT at sequence 0 and then closed. */
    boolean wasLeftPolitely() {
        return quit;
    }

    @Override
    public void play(ServerConnection client) throws IOException {
        client.greet(client.greeting().withVersion(version));
        client.acceptAll();
        while (true) {
            Packet command = client.read();
            if (command.first() == Command.QUIT.code()) {
                client.expectEnd();
                quit = command.sequence() == 0 && command.length() == 1;
                return;
            }
            String sql = command.body().text(command.length() - 1);
            statements.add(sql);
            replies.getOrDefault(sql, c -> c.err(1064, "42000", "You have an error in your SQL syntax")).to(client);
        }
    }

    static Reply error(int code, String text) {
        return client -> client.err(code, "HY000", text);
    }

    /** One value in one row. */
    static Reply value(@Nullable String value) {
        return table(List.of("v"), row(value));
    }

    /** Rows, null standing for NULL. */
    @SafeVarargs
    static Reply table(List<String> columns, List<@Nullable String>... rows) {
        return client -> {
            client.definitions(columns);
            for (List<@Nullable String> row : rows) {
                client.send(payload(row));
            }
            client.eof(Flags.AUTOCOMMIT);
        };
    }

    static List<@Nullable String> row(@Nullable String... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    static byte[] payload(List<@Nullable String> row) {
        PayloadWriter out = new PayloadWriter();
        for (String value : row) {
            if (value == null) {
                out.u8(0xfb);
            } else {
                out.lenencText(value);
            }
        }
        return out.toByteArray();
    }
}
