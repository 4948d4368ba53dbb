package dev.myproxy.session;

import dev.myproxy.tls.ListenerTls;
import dev.myproxy.tls.TlsException;
import dev.myproxy.tls.TlsListeners;
import dev.myproxy.tls.TlsOffer;
import java.util.Optional;

/** What the clients of one listener can be encrypted with. */
@FunctionalInterface
interface ClientEncryption {

    /**
     * What a listener has for its clients.
     *
     * @throws TlsException if there are files that can't be used
     */
    static ClientEncryption of(TlsListeners all, TlsOffer offer) throws TlsException {
        return switch (offer) {
            case TlsOffer.None() -> Optional::empty;
            case TlsOffer.Usual() -> () -> Optional.of(all.usual());
            case TlsOffer.Wanted(var options) -> ready(all.of(options));
        };
    }

    private static ClientEncryption ready(ListenerTls tls) {
        return () -> Optional.of(tls);
    }

    /** What a client is offered; the first one that needs a certificate of our own has it made. */
    Optional<ListenerTls> offer();
}
