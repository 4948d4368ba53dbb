package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A file and a result that the daemon could not hold: its memory does not grow with them. {@code -Dmyproxy.it.megabytes=1024}
 * makes them a gigabyte.
 */
class GigabyteIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();
    private static final Bulk BULK = new Bulk(Integer.getInteger("myproxy.it.megabytes", 100));

    private final SharedProxy proxy = SharedProxy.standard();

    @Test
    void aFile() throws Exception {
        try (RawClient client = client()) {
            BULK.prepare(client);
            MemoryWatch.of(proxy.process().process(), "file", () -> BULK.send(client));
            BULK.checkSent(client);
        }
    }

    @Test
    void aResult() throws Exception {
        try (RawClient client = client()) {
            MemoryWatch.of(proxy.process().process(), "result", () -> BULK.read(client));
            client.ping();
        }
    }

    /** The client takes a row, and then nothing until the server can't send any more. */
    @Test
    void aResultThatNobodyReadsForAWhile() throws Exception {
        try (RawClient client = client()) {
            MemoryWatch.of(proxy.process().process(), "result, slowly", () -> {
                client.send(Command.QUERY.payload(BULK.sql()));
                org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> DB.value(
                        "SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'Writing to net'")
                        .equals("1"));
                BULK.check(client.reply(Command.QUERY, 1, false));
            });
            client.ping();
        }
    }

    private RawClient client() throws IOException {
        return proxy.connect().limit(Duration.ofMinutes(2))
                .login(Login.clear(account("root", DB.socket()), "").with(Flags.LOCAL_FILES).withDatabase("mysql"));
    }
}
