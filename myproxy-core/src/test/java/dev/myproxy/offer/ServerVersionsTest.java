package dev.myproxy.offer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Greeting;
import org.junit.jupiter.api.Test;

class ServerVersionsTest {

    private static final Address ONE = new Address.Abstract("one");
    private static final Address OTHER = new Address.Abstract("other");
    private static final ByteString MYSQL = ByteString.of("9.7.0");
    private static final ByteString MARIADB = ByteString.of("5.5.5-10.11.14-MariaDB");

    private final ServerVersions versions = new ServerVersions();

    @Test
    void listenersGoByTheirOwnServers() {
        versions.loggedIn(ONE, MYSQL);
        versions.loggedIn(OTHER, MARIADB);
        versions.loggedIn(ONE, ByteString.of("9.7.1"));

        assertThat(versions.of(ONE)).contains(ByteString.of("9.7.1"));
        assertThat(versions.of(OTHER)).contains(MARIADB);
    }

    @Test
    void nothingIsKnownAtFirst() {
        versions.loggedIn(OTHER, MYSQL);

        assertThat(versions.of(ONE)).isEmpty();
    }

    @Test
    void healthChecksKnowMoreThanNobody() {
        versions.checked(MARIADB);
        versions.loggedIn(OTHER, MYSQL);

        assertThat(versions.of(ONE)).contains(MARIADB);
        assertThat(versions.of(OTHER)).contains(MYSQL);
    }

    @Test
    void serversOfBothKindsTellNothingAboutAListener() {
        versions.checked(MARIADB);
        versions.checked(MYSQL);

        assertThat(versions.of(ONE)).isEmpty();
    }

    @Test
    void whatNoServerWouldSayIsNotRepeated() {
        versions.loggedIn(ONE, ByteString.EMPTY);
        versions.loggedIn(ONE, ByteString.of("9".repeat(Greeting.MAX_VERSION_BYTES + 1)));
        versions.checked(ByteString.EMPTY);

        assertThat(versions.of(ONE)).isEmpty();
    }
}
