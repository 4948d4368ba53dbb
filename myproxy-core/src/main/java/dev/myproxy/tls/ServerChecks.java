package dev.myproxy.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Looks at servers' certificates, and says in words for people what is wrong with them. */
final class ServerChecks extends X509ExtendedTrustManager {

    private final Verification verification;
    private final X509TrustManager authorities;

    ServerChecks(Verification verification, X509TrustManager authorities) {
        this.verification = verification;
        this.authorities = authorities;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        if (verification == Verification.NONE) {
            return;
        }
        X509Certificate leaf = chain[0];
        try {
            leaf.checkValidity();
        } catch (CertificateExpiredException _) {
            throw new CertificateException("its certificate has expired on " + leaf.getNotAfter().toInstant());
        } catch (CertificateNotYetValidException _) {
            throw new CertificateException("its certificate is not valid before " + leaf.getNotBefore().toInstant());
        }
        try {
            authorities.checkServerTrusted(chain, type);
        } catch (CertificateException e) {
            throw new CertificateException("its certificate, issued by "
                    + leaf.getIssuerX500Principal().getName() + ", is not trusted: " + deepest(e));
        }
        String host = engine.getPeerHost();
        if (verification == Verification.FULL && (host == null || !ServerNames.include(leaf, host))) {
            throw new CertificateException("its certificate, of " + leaf.getSubjectX500Principal().getName()
                    + ", is not for the name " + host);
        }
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? String.valueOf(failure.getMessage()) : deepest(cause);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("not without the name of the server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("not for sockets");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("not for clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("not for clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("not for clients");
    }
}
