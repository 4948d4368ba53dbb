package dev.myproxy.script;

import dev.myproxy.address.Address;
import java.util.Optional;

/** Where a listener gets its socket from. {@code toString()} is what scripts write. */
public sealed interface Where {

    /** A new socket, bound to an address. */
    record At(Address address) implements Where {

        @Override
        public String toString() {
            return address.toString();
        }
    }

    /**
     * Sockets that the daemon was started with, by systemd for instance.
     *
     * @param name takes only those of this name; empty for all that nobody has taken yet
     */
    record Systemd(Optional<String> name) implements Where {

        /** All of them. */
        public static final Systemd ALL = new Systemd(Optional.empty());

        @Override
        public String toString() {
            return name.map(given -> "systemd('" + given + "')").orElse("systemd");
        }
    }
}
