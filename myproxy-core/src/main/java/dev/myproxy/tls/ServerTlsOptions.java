package dev.myproxy.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How TLS is spoken with a server.
 *
 * @param verification what it has to prove
 * @param authorities  PEM file with those who may vouch for it; empty for those that the system trusts
 * @param serverName   the name that it is to have; empty for its address
 * @param files        a certificate to be shown to it
 */
public record ServerTlsOptions(Verification verification, Optional<Path> authorities, Optional<String> serverName,
        Optional<IdentityFiles> files) {

    /** An authority that the system trusts vouches for the server's address. */
    public static final ServerTlsOptions FULL = new ServerTlsOptions(Verification.FULL, Optional.empty(),
            Optional.empty(), Optional.empty());
}
