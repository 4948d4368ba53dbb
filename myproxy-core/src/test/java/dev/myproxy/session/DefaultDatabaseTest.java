package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Command;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptClient;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefaultDatabaseTest {

    private final ScriptClient client = new ScriptClient(1, Handlers.of(1), new Address.Abstract("c"),
            new Address.Abstract("l"), Optional.empty(), ByteString.of("1"));
    private final DefaultDatabase database = new DefaultDatabase(client);

    private void tell(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        database.tell(Arrays.copyOf(bytes, bytes.length + 5), bytes.length);
    }

    private void initDb(String name, boolean failed) {
        database.ask(ByteString.of(name));
        database.completed(Command.INIT_DB, failed);
    }

    private void assertIs(String name) {
        assertThat(client.database()).contains(ByteString.of(name));
    }

    @Test
    void isThatOfTheLogin() {
        database.loggedIn(ByteString.of("shop"));
        assertIs("shop");

        database.loggedIn(ByteString.EMPTY);
        assertThat(client.database()).isEmpty();
    }

    @Test
    void changesWhenTheServerHasAccepted() {
        database.loggedIn(ByteString.of("shop"));

        database.ask(ByteString.of("mysql"));
        database.completed(Command.QUERY, false);
        assertIs("shop");
        database.completed(Command.INIT_DB, false);
        assertIs("mysql");

        initDb("nowhere", true);
        assertIs("mysql");
        database.completed(Command.INIT_DB, false);
        assertIs("mysql");
    }

    @Test
    void isWhatTheServerTells() {
        tell("shop");
        assertIs("shop");
        Optional<ByteString> before = client.database();

        tell("shop");

        assertThat(client.database()).as("the same object").isSameAs(before);
        tell("");
        assertThat(client.database()).isEmpty();
        tell("");
        assertThat(client.database()).isEmpty();
    }

    @Test
    void serverKnowsTheNameBetterThanWhoAsksForIt() {
        database.ask(ByteString.of("SHOP"));
        tell("shop");
        database.completed(Command.INIT_DB, false);

        assertIs("shop");
    }
}
