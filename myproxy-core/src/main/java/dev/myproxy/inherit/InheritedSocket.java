package dev.myproxy.inherit;

import dev.myproxy.address.Address;
import dev.myproxy.posix.Descriptors;
import dev.myproxy.posix.ErrnoException;
import dev.myproxy.posix.SocketFacts;
import java.util.Optional;

/**
 * A descriptor that this process was started with.
 *
 * @param name  what it is called in LISTEN_FDNAMES, {@code unknown} if it has no name
 * @param facts empty if it is no socket
 */
public record InheritedSocket(int descriptor, String name, Optional<SocketFacts> facts) {

    /** What a socket is good for. */
    public enum Use {

        /** It accepts clients. */
        CLIENTS("a stream socket that listens"),

        /** It takes datagrams. */
        DATAGRAMS("a datagram socket");

        private final String text;

        Use(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** What it is good for, if anything. */
    Optional<Use> use() {
        return facts.filter(known -> known.address().isPresent()).flatMap(known -> known.stream() && known.listening()
                ? Optional.of(Use.CLIENTS)
                : known.datagram() ? Optional.of(Use.DATAGRAMS) : Optional.empty());
    }

    /** Where it is bound. */
    public Address address() {
        return Address.of(facts.flatMap(SocketFacts::address).orElseThrow());
    }

    /** Whether it says who sends datagrams. */
    public boolean passesCredentials() {
        return facts.filter(SocketFacts::credentials).isPresent();
    }

    /**
     * Makes a descriptor of one's own of it, which does not block. No option of the socket is changed.
     *
     * @return a number that the caller closes
     */
    public int open() throws ErrnoException {
        int own = Descriptors.duplicate(descriptor);
        Descriptors.dontBlock(own);
        return own;
    }

    /** What it is, in words. */
    String kind() {
        return use().map(Use::toString).orElseGet(() -> facts.map(InheritedSocket::uselessKind).orElse("no socket"));
    }

    private static String uselessKind(SocketFacts known) {
        if (known.address().isEmpty()) {
            return "a socket of no kind that is known here";
        }
        return known.stream()
                ? "a stream socket that does not listen (its unit must say Accept=no)"
                : "neither a stream nor a datagram socket";
    }

    @Override
    public String toString() {
        return "descriptor " + descriptor + " (\"" + name + "\""
                + facts.flatMap(SocketFacts::address).map(bound -> ", " + Address.of(bound)).orElse("") + ")";
    }
}
