package dev.myproxy.offer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OffersTest {

    private static final Capabilities MARIADB = Offer.BASE.without(Capability.LONG_PASSWORD).with(Capability.PROGRESS,
            Capability.STMT_BULK_OPERATIONS, Capability.EXTENDED_METADATA, Capability.CACHE_METADATA);
    private static final Capabilities OLD_MARIADB = MARIADB.without(Capability.EXTENDED_METADATA,
            Capability.CACHE_METADATA);
    private static final Capabilities MYSQL = Offer.BASE.with(Capability.QUERY_ATTRIBUTES,
            Capability.OPTIONAL_RESULTSET_METADATA);
    private static final Object CLUSTER = "cluster";
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
        offers.checked(CLUSTER, server(1), MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);

        offers.checked(CLUSTER, server(2), OLD_MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(OLD_MARIADB);
    }

    @Test
    void aListenerGoesByTheServersOfItsOwnClients() {
        seen(LISTENER, server(1), MARIADB);
        seen(OTHER, server(2), MYSQL);

        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);
        assertThat(offers.of(OTHER)).isEqualTo(MYSQL);
        assertThat(offers.of(new Address.UnixPath("/third"))).isEqualTo(Offer.BASE);
    }

    @Test
    void aListenerWithServersOfBothKindsOffersWhatBothHave() {
        seen(LISTENER, server(1), MARIADB);
        seen(LISTENER, server(2), MYSQL);

        assertThat(offers.of(LISTENER)).isEqualTo(Offer.BASE);
    }

    @Test
    void aServerThatBecomesAnotherIsLearntFromWhoeverSeesIt() {
        seen(LISTENER, server(1), OLD_MARIADB);
        offers.checked(CLUSTER, server(1), MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);

        seen(OTHER, server(1), OLD_MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(OLD_MARIADB);
    }

    @Test
    void aHealthCheckMakesNoServerOneOfAListener() {
        seen(LISTENER, server(1), MARIADB);
        offers.checked(CLUSTER, server(2), MYSQL);

        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);
    }

    @Test
    void serversAreForgottenWhenTheyHaveNotGreetedForAnHour() {
        seen(LISTENER, server(1), OLD_MARIADB);
        pass(Duration.ofMinutes(30));
        seen(LISTENER, server(2), MARIADB);
        pass(Duration.ofMinutes(30).minusNanos(1));
        assertThat(offers.of(LISTENER)).isEqualTo(OLD_MARIADB);

        pass(Duration.ofNanos(1));
        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);

        pass(Duration.ofMinutes(30));
        assertThat(offers.of(OTHER)).isEqualTo(Offer.BASE);
    }

    @Test
    void aServerThatGreetsAgainIsKept() {
        seen(LISTENER, server(1), MARIADB);
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMinutes(50));
            seen(LISTENER, server(1), MARIADB);
            assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);
        }
    }

    @Test
    void aListenerWithoutLoginsForLongGoesByTheServersThatItHadLast() {
        seen(LISTENER, server(0), OLD_MARIADB);
        pass(Duration.ofMinutes(30));
        seen(LISTENER, server(1), MARIADB);
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMinutes(31));
            offers.checked(CLUSTER, server(2), MYSQL);
            assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);
        }

        offers.checked(CLUSTER, server(1), OLD_MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(OLD_MARIADB);
        seen(LISTENER, server(3), MYSQL);
        assertThat(offers.of(LISTENER)).isEqualTo(MYSQL);
    }

    @Test
    void nothingIsConcludedFromServersOfOthersThatNobodyChecks() {
        seen(OTHER, server(1), MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(Offer.BASE);

        seen(OTHER, server(2), MARIADB.without(Capability.SESSION_TRACK));
        assertThat(offers.of(LISTENER)).isEqualTo(Offer.BASE);

        offers.checked(CLUSTER, server(3), MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB.without(Capability.SESSION_TRACK));
    }

    @Test
    void moreServersThanAreKeptByNameStillCount() {
        for (int i = 0; i < Offers.MAX_OWN_SERVERS; i++) {
            seen(LISTENER, server(i), MARIADB);
        }
        seen(LISTENER, server(Offers.MAX_OWN_SERVERS), MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);

        seen(LISTENER, server(Offers.MAX_OWN_SERVERS + 1), OLD_MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(OLD_MARIADB);

        pass(Duration.ofMinutes(59));
        seen(LISTENER, server(0), MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(OLD_MARIADB);
        pass(Duration.ofMinutes(1));
        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);
    }

    @Test
    void whatACheckedClusterHasCountsWhereAClientWasAtOneOfItsServers() {
        offers.checked(CLUSTER, server(1), MARIADB);
        offers.checked(CLUSTER, server(2), OLD_MARIADB);
        offers.checked("another", server(3), MYSQL);
        offers.greeted(LISTENER, CLUSTER, server(1), MARIADB);
        seen(OTHER, server(1), MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(OLD_MARIADB);
        assertThat(offers.of(OTHER)).isEqualTo(MARIADB);

        offers.checked(CLUSTER, server(2), MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);
        offers.checked(CLUSTER, server(4), MYSQL);
        assertThat(offers.of(LISTENER)).isEqualTo(Offer.BASE);
        assertThat(offers.of(OTHER)).isEqualTo(MARIADB);
    }

    @Test
    void aClusterCountsForAnHourAfterTheLastClient() {
        offers.checked(CLUSTER, server(1), MARIADB);
        offers.greeted(LISTENER, CLUSTER, server(1), MARIADB);
        pass(Duration.ofMinutes(59));
        offers.checked(CLUSTER, server(2), OLD_MARIADB);
        seen(LISTENER, server(1), MARIADB);
        assertThat(offers.of(LISTENER)).isEqualTo(OLD_MARIADB);

        pass(Duration.ofMinutes(1));
        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);
    }

    @Test
    void manyThreadsLearnTheSame() throws Exception {
        List<Callable<Capabilities>> tasks = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            Object cluster = "cluster " + t;
            tasks.add(() -> {
                for (int i = 0; i < 2000; i++) {
                    seen(i % 2 == 0 ? LISTENER : OTHER, server(i % 20), i % 2 == 0 ? MARIADB : MYSQL);
                    offers.checked(cluster, server(i % 20), i % 2 == 0 ? MARIADB : MYSQL);
                }
                return offers.of(LISTENER);
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
            for (Future<Capabilities> task : threads.invokeAll(tasks)) {
                assertThat(task.get()).isEqualTo(MARIADB);
            }
        }
        assertThat(offers.of(LISTENER)).isEqualTo(MARIADB);
        assertThat(offers.of(OTHER)).isEqualTo(MYSQL);
        assertThat(offers.of(new Address.UnixPath("/third"))).isEqualTo(Offer.BASE);
    }

    /** A session of a listener's client was greeted by a server that is in no cluster. */
    private void seen(Address listener, Address server, Capabilities offered) {
        offers.greeted(listener, new Object(), server, offered);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static Address server(int number) {
        return new Address.UnixPath("/server" + number);
    }
}
