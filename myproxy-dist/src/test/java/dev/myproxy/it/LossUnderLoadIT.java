package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Servers and clients that are killed, stopped and started again while many clients work: nobody gets the bytes of another one,
 * nobody waits for ever, and all work again when the server is back.
 */
class LossUnderLoadIT {

    private static final int CLIENTS = 24;

    private final SharedProxy proxy = SharedProxy.standard();

    @AfterAll
    static void nothingIsLost() throws IOException, InterruptedException {
        SharedProxy.standard().assertHealthy();
    }

    @Test
    void ofAServer() throws IOException, InterruptedException {
        try (EmbeddedMariaDb db = EmbeddedMariaDb.start()) {
            try (BusyClients clients = busy(db)) {
                clients.awaitProgress();

                db.process().signal("STOP");
                clients.awaitStandstill();
                db.process().signal("CONT");
                clients.awaitProgress();
                assertThat(clients.losses()).as("a server that only stopped for a while").isEmpty();

                db.kill();
                db.restart();
                clients.awaitProgress();
                assertThat(clients.losses()).anyMatch(loss -> loss.startsWith("1047 "));

                db.process().signal("STOP");
                db.kill();
                db.restart();
                clients.awaitProgress();

                db.process().signal("TERM");
                db.process().waitForEnd();
                db.restart();
                clients.awaitProgress();
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> connections(db) == 0);
        }
    }

    @Test
    void ofClients() throws IOException, InterruptedException {
        EmbeddedMariaDb db = EmbeddedMariaDb.shared();
        db.execute("CREATE OR REPLACE USER doomed IDENTIFIED BY ''");
        try (BusyClients clients = busy(db)) {
            clients.awaitProgress();
            long descriptors = proxy.process().process().descriptors();
            for (int i = 0; i < 2; i++) {
                Process doomed = DoomedClients.start(
                        Path.of(((Address.UnixPath) proxy.listener("main")).path()),
                        account("doomed", db.socket()), 120);
                doomed.destroyForcibly().waitFor();
                clients.awaitProgress();
                Awaitility.await("sessions of clients that are gone").atMost(Duration.ofSeconds(30))
                        .until(() -> connections(db) == 0);
                proxy.awaitDescriptors(descriptors);
            }
            assertThat(clients.losses()).isEmpty();
        }
    }

    private static long connections(EmbeddedMariaDb db) throws IOException {
        return Long.parseLong(db.value("SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'doomed'"));
    }

    private BusyClients busy(EmbeddedMariaDb db) {
        return BusyClients.start(proxy.listener("main"), account("root", db.socket()), CLIENTS);
    }
}
