package dev.myproxy.offer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OffersTest {

    private static final Capabilities MARIADB = Offer.BASE.without(Capability.LONG_PASSWORD).with(Capability.PROGRESS,
            Capability.STMT_BULK_OPERATIONS, Capability.EXTENDED_METADATA, Capability.CACHE_METADATA);
    private static final Capabilities OLD_MARIADB = MARIADB.without(Capability.EXTENDED_METADATA,
            Capability.CACHE_METADATA);
    private static final Capabilities MYSQL = Offer.BASE.with(Capability.QUERY_ATTRIBUTES,
            Capability.OPTIONAL_RESULTSET_METADATA);
    private static final Address LISTENER = new Address.UnixPath("/listener");
    private static final Address OTHER = new Address.UnixPath("/other");

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Offers offers = new Offers(now::get);

    @Test
    void theBaseIsOfferedBeforeAnyServerWasSeen() {
        assertThat(offers.of(LISTENER)).isEqualTo(Offer.BASE);
    }

    @Test
    void whatAllServersHaveIsOfferedByAListenerThatKnowsNone() {
        offers.greeted(server(1), MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);

        offers.greeted(server(2), OLD_MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(OLD_MARIADB);
    }

    @Test
    void aListenerGoesByTheServersOfItsOwnClients() {
        offers.greeted(server(1), MARIADB, LISTENER);
        offers.greeted(server(2), MYSQL, OTHER);

        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);
        assertThat(offers.of(OTHER)).isEqualTo(MYSQL);
        assertThat(offers.of(new Address.UnixPath("/third"))).isEqualTo(Offer.BASE);
    }

    @Test
    void aListenerWithServersOfBothKindsOffersWhatBothHave() {
        offers.greeted(server(1), MARIADB, LISTENER);
        offers.greeted(server(2), MYSQL, LISTENER);

        assertThat(offers.of(LISTENER)).isEqualTo(Offer.BASE);
    }

    @Test
    void aServerThatBecomesAnotherIsLearntFromWhoeverSeesIt() {
        offers.greeted(server(1), OLD_MARIADB, LISTENER);
        offers.greeted(server(1), MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);

        offers.greeted(server(1), OLD_MARIADB, OTHER);
        assertThat(offers.of(LISTENER)).isEqualTo(OLD_MARIADB);
    }

    @Test
    void aHealthCheckMakesNoServerOneOfAListener() {
        offers.greeted(server(1), MARIADB, LISTENER);
        offers.greeted(server(2), MYSQL);

        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);
    }

    @Test
    void serversAreForgottenWhenTheyHaveNotGreetedForAnHour() {
        offers.greeted(server(1), OLD_MARIADB, LISTENER);
        pass(Duration.ofMinutes(30));
        offers.greeted(server(2), MARIADB, LISTENER);
        pass(Duration.ofMinutes(30).minusNanos(1));
        assertThat(offers.of(LISTENER)).isEqualTo(OLD_MARIADB);

        pass(Duration.ofNanos(1));
        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);

        pass(Duration.ofMinutes(30));
        assertThat(offers.of(LISTENER)).isEqualTo(Offer.BASE);
    }

    @Test
    void aServerThatGreetsAgainIsKept() {
        offers.greeted(server(1), MARIADB, LISTENER);
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMinutes(50));
            offers.greeted(server(1), MARIADB, LISTENER);
            assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);
        }
    }

    @Test
    void aListenerWithoutLoginsForAnHourGoesByAllServersAgain() {
        offers.greeted(server(1), MARIADB, LISTENER);
        pass(Duration.ofMinutes(59));
        offers.greeted(server(1), MARIADB);
        offers.greeted(server(2), OLD_MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);

        pass(Duration.ofMinutes(1));
        assertThat(offers.of(LISTENER)).isEqualTo(OLD_MARIADB);
    }

    @Test
    void moreServersThanAreKeptByNameStillCount() {
        for (int i = 0; i < KnownServers.MAX_SERVERS; i++) {
            offers.greeted(server(i), MARIADB, LISTENER);
        }
        offers.greeted(server(KnownServers.MAX_SERVERS), MARIADB, LISTENER);
        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);

        offers.greeted(server(KnownServers.MAX_SERVERS + 1), OLD_MARIADB, LISTENER);
        assertThat(offers.of(LISTENER)).isEqualTo(OLD_MARIADB);

        pass(Duration.ofMinutes(59));
        offers.greeted(server(0), MARIADB, LISTENER);
        assertThat(offers.of(LISTENER)).isEqualTo(OLD_MARIADB);
        pass(Duration.ofMinutes(1));
        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static Address server(int number) {
        return new Address.UnixPath("/server" + number);
    }
}
