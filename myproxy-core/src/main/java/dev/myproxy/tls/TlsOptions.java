package dev.myproxy.tls;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How a listener offers TLS.
 *
 * @param files             its certificate and key; empty for a certificate of the daemon's own making
 * @param authorities       PEM file with those who sign clients' certificates; there is one exactly if clients are asked for any
 * @param required          whether clients without TLS are refused
 * @param clientCertificate whether clients are asked for a certificate
 * @param versions          what may be spoken, at least one
 */
public record TlsOptions(Optional<IdentityFiles> files, Optional<Path> authorities, boolean required,
        ClientCertificate clientCertificate, Set<TlsVersion> versions) {

    /** A certificate of our own making, for clients that want TLS. */
    public static final TlsOptions SELF_SIGNED = new TlsOptions(Optional.empty(), Optional.empty(), false,
            ClientCertificate.NONE, Set.of(TlsVersion.values()));

    public TlsOptions {
        versions = Set.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("no version");
        }
        if (authorities.isPresent() == (clientCertificate == ClientCertificate.NONE)) {
            throw new IllegalArgumentException("authorities are for certificates of clients");
        }
    }

    /** The protocol names of the versions, oldest first. */
    String[] protocols() {
        return versions.stream().sorted().map(TlsVersion::text).toArray(String[]::new);
    }
}
