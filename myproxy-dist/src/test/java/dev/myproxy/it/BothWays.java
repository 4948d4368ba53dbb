package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import java.io.IOException;
import java.util.List;

/**
 * The same dialogue with a real server, directly and through a listener of the shared daemon.
 *
 * @param listener one that no client of another kind of server uses, so that its greetings offer what the server has
 */
record BothWays(TestedServer server, String listener) {

    /** A part of a client's life, and the responses that it got. */
    @FunctionalInterface
    interface Dialogue {
        List<List<Packet>> play(RawClient client) throws IOException;
    }

    /** Lets the daemon see the server. */
    BothWays {
        try (RawClient first = SharedProxy.standard().loggedIn(listener, server.socket())) {
            first.ping();
        } catch (IOException e) {
            throw new AssertionError("no login through " + listener, e);
        }
    }

    /** Sends a handshake response directly; its password must be empty. */
    Packet tryDirect(RawClient client, Login login) throws IOException {
        String plugin = client.greeting().plugin();
        return client.tryLogin(login.withAuth(plugin, new byte[0]));
    }

    /** Sends a handshake response through the daemon; its password must be empty. */
    Packet tryThrough(RawClient client, Login login) throws IOException {
        Login changed = Login.clear(account(login.user(), server.socket()), "").withFlags(login.flags())
                .withCharset(login.charset()).withMaxPacket(login.maxPacket()).withAttributes(login.attributes())
                .withAuth("mysql_clear_password", Scrambles.clear(""));
        Login full = login.database().map(changed::withDatabase).orElse(changed);
        return client.tryLogin(login.mariadbFlags() == 0 ? full : full.withMariadb(login.mariadbFlags()));
    }

    RawClient connectDirect() throws IOException {
        return RawClient.connect(server.socket());
    }

    RawClient connectThrough() throws IOException {
        return SharedProxy.standard().connect(listener);
    }

    /**
     * Plays the dialogue both ways: every packet of every response must be the same.
     *
     * @return the responses
     */
    List<List<Packet>> assertSame(Login login, Dialogue dialogue) throws IOException {
        List<List<Packet>> direct;
        try (RawClient client = connectDirect()) {
            assertThat(tryDirect(client, login)).matches(Packet::isOk);
            direct = dialogue.play(client);
        }
        try (RawClient client = connectThrough()) {
            assertThat(tryThrough(client, login)).matches(Packet::isOk);
            assertThat(dialogue.play(client)).isEqualTo(direct);
        }
        return direct;
    }
}
