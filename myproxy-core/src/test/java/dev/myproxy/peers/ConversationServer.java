package dev.myproxy.peers;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The server's side of a {@link Conversation}: answers with the name of the client that logged in, and does not put up with
 * a command, a password or a file that has another one's name in it.
 */
public final class ConversationServer {

    private final ServerConnection client;
    private String name = "";

    private ConversationServer(ServerConnection client) {
        this.client = client;
    }

    /** A {@link FakeServer.Script}. */
    public static void serve(ServerConnection client) throws IOException {
        new ConversationServer(client).serve();
    }

    private void serve() throws IOException {
        client.greet();
        logIn(client.readLogin().user());
        try {
            while (answer(client.read())) {
                // until the client quits
            }
        } catch (EOFException _) {
            // It went without saying so.
        }
    }

    private void logIn(String user) throws IOException {
        name = user;
        byte[] salt = ServerConnection.randomSalt();
        client.authSwitch("mysql_native_password", new PayloadWriter().bytes(salt).u8(0).toByteArray());
        if (!ServerAuth.nativePassword(client.read().payload(), salt, Conversation.password(name))) {
            throw new AssertionError(name + " sent another client's password");
        }
        ok();
    }

    private boolean answer(Packet packet) throws IOException {
        int code = packet.first();
        if (code == Command.QUIT.code()) {
            return false;
        }
        if (code == Command.QUERY.code()) {
            query(text(packet));
        } else if (code == Command.STMT_PREPARE.code()) {
            expectMine(text(packet));
            client.send(new PayloadWriter().u8(0).u32(1).u16(1).u16(1).u8(0).u16(0).toByteArray());
            client.send(ServerConnection.definition("?"));
            client.send(ServerConnection.definition(name));
        } else if (code == Command.CHANGE_USER.code()) {
            logIn(packet.body().nulText());
        } else if (code != Command.STMT_CLOSE.code()) {
            ok();
        }
        return true;
    }

    private void query(String sql) throws IOException {
        expectMine(sql);
        if (sql.contains("LOAD")) {
            client.send(new PayloadWriter().u8(0xfb).text(name).toByteArray());
            for (Packet part = client.read(); part.length() > 0; part = client.read()) {
                expectMine(text(part));
            }
            ok();
        } else {
            client.resultSet(List.of(name), List.of(List.of(name), List.of("of " + name)),
                    Flags.AUTOCOMMIT | Flags.MORE_RESULTS);
            client.resultSet(List.of("next of " + name), List.of(List.of(name), List.of("of " + name)),
                    Flags.AUTOCOMMIT);
        }
    }

    private void ok() throws IOException {
        client.send(new PayloadWriter().u8(0).u8(0).u8(0).u16(Flags.AUTOCOMMIT).u16(0).text(name).toByteArray());
    }

    private static String text(Packet packet) {
        return new String(packet.payload(), StandardCharsets.UTF_8);
    }

    private void expectMine(String text) {
        if (!text.contains(name)) {
            throw new AssertionError(name + " sent what belongs to another client: " + text);
        }
    }
}
