package dev.myproxy.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Java's engines for the peers that tests are made of. They trust everybody. */
public final class TestEngines {

    private TestEngines() {}

    /** A client's, which shows no certificate. */
    public static SSLEngine client() {
        return context(new KeyManager[0]).createSSLEngine();
    }

    /** A client's that names the server it wants. */
    public static SSLEngine client(String serverName) {
        return context(new KeyManager[0]).createSSLEngine(serverName, 3306);
    }

    /** Of somebody who shows a certificate. */
    public static SSLEngine of(TestPki.Issued issued, X509Certificate... more) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            X509Certificate[] chain = new X509Certificate[more.length + 1];
            chain[0] = issued.certificate();
            System.arraycopy(more, 0, chain, 1, more.length);
            store.setKeyEntry("key", issued.keys().getPrivate(), new char[0], chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return context(factory.getKeyManagers()).createSSLEngine();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(KeyManager[] keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[]{new TrustsEverybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class TrustsEverybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // all are good
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // all are good
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
