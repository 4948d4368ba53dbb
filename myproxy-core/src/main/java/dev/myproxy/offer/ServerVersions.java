package dev.myproxy.offer;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Greeting;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which version the server has that a client of each listener was logged in to last. While a listener has had no client at a server,
 * the last server counts that a health check has met, unless checks meet both MariaDB and MySQL: then nothing tells which is
 * the listener's.
 *
 * <p>Safe to use from every thread; nobody waits.
 */
public final class ServerVersions {

    private static final String MARIADB = "mariadb";

    private final Map<Address, ByteString> listeners = new ConcurrentHashMap<>();
    private volatile Optional<ByteString> mariaDb = Optional.empty();
    private volatile Optional<ByteString> mySql = Optional.empty();

    /** A client of a listener was logged in to a server. */
    public void loggedIn(Address listener, ByteString version) {
        boolean known = Optional.ofNullable(listeners.get(listener)).filter(version::equals).isPresent();
        if (!known && Greeting.isVersion(version)) {
            listeners.put(listener, version);
        }
    }

    /** A health check has met a server. */
    public void checked(ByteString version) {
        if (!Greeting.isVersion(version)) {
            return;
        }
        if (version.utf8().toLowerCase(Locale.ROOT).contains(MARIADB)) {
            mariaDb = Optional.of(version);
        } else {
            mySql = Optional.of(version);
        }
    }

    /** What is known for a listener, if anything is. */
    public Optional<ByteString> of(Address listener) {
        return Optional.ofNullable(listeners.get(listener)).or(() -> mySql.isEmpty() || mariaDb.isEmpty()
                ? mySql.or(() -> mariaDb)
                : Optional.empty());
    }
}
