package dev.myproxy.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What one proves with who one is.
 *
 * @param chain the certificate, then those that lead to an authority
 */
record Identity(PrivateKey key, List<X509Certificate> chain) {

    Identity {
        chain = List.copyOf(chain);
    }

    /** The certificate that is one's own. */
    X509Certificate leaf() {
        return chain.getFirst();
    }

    @Override
    public String toString() {
        return leaf().getSubjectX500Principal().getName();
    }
}
