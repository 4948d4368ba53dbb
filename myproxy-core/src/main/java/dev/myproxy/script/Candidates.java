package dev.myproxy.script;

import dev.myproxy.address.Address;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The servers that one login may try, best first, and what is learnt about them on the way. Used by one login, on its event
 * loop.
 */
public interface Candidates {

    /** The server to try now, by what is known now; empty when none is left. The first call gives one. */
    Optional<Address> next();

    /**
     * How many more servers {@link #next()} may give that are not known to be dead: the time that is left is shared out among
     * them.
     */
    int left();

    /**
     * The server that was given last can't be connected to, or did not greet.
     *
     * @param reason one line
     */
    void failed(String reason);

    /**
     * The server that was given last lives, but takes no more connections (ER_CON_COUNT_ERROR).
     *
     * @param reason one line
     */
    default void overloaded(String reason) {
        failed(reason);
    }

    /** The server that was given last has greeted. */
    void reached();

    /** One server, about which nobody wants to know anything. */
    static Candidates of(Address address) {
        Iterator<Address> servers = List.of(address).iterator();
        return new Candidates() {
            @Override
            public Optional<Address> next() {
                return servers.hasNext() ? Optional.of(servers.next()) : Optional.empty();
            }

            @Override
            public int left() {
                return servers.hasNext() ? 1 : 0;
            }

            @Override
            public void failed(String reason) {
                // the session says so
            }

            @Override
            public void reached() {
                // as expected
            }
        };
    }
}
