package dev.myproxy.tls;

/** What the script wants a listener's clients to be offered. */
public sealed interface TlsOffer {

    /** Nothing said: TLS with a certificate of our own, as servers do it. */
    record Usual() implements TlsOffer {}

    /** No TLS. */
    record None() implements TlsOffer {}

    /** TLS as the options say. */
    record Wanted(TlsOptions options) implements TlsOffer {}

    /** Nothing said. */
    TlsOffer USUAL = new Usual();

    /** No TLS. */
    TlsOffer NONE = new None();
}
