package dev.myproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words for what libraries have names for. */
class TlsFailureTest {

    private static final String ORIGIN = "error:10000412:SSL routines:OPENSSL_internal:";

    @ParameterizedTest
    @CsvSource({"PEER_DID_NOT_RETURN_A_CERTIFICATE,no certificate was shown",
            "NO_SHARED_CIPHER,there is no cipher that both sides know",
            "UNSUPPORTED_PROTOCOL,there is no version of TLS that both sides know (UNSUPPORTED_PROTOCOL)",
            "TLSV1_ALERT_PROTOCOL_VERSION,"
                    + "there is no version of TLS that both sides know (TLSV1_ALERT_PROTOCOL_VERSION)",
            "SSLV3_ALERT_BAD_CERTIFICATE,the other side refused with the alert bad certificate",
            "TLSV1_ALERT_UNKNOWN_CA,the other side refused with the alert unknown ca", "BAD_DECRYPT,BAD_DECRYPT"})
    void boringSsl(String name, String words) {
        assertThat(TlsFailure.of(new DecoderException(new SSLHandshakeException(ORIGIN + name)))).contains(words);
    }

    @Test
    void certificates() {
        assertThat(TlsFailure.of(chain(new CertPathValidatorException("validity check failed",
                new CertificateExpiredException("NotAfter: yesterday")))))
                .contains("the certificate has expired, NotAfter: yesterday");
        assertThat(TlsFailure.of(chain(new CertificateNotYetValidException("NotBefore: tomorrow"))))
                .contains("the certificate is not valid yet, NotBefore: tomorrow");
        assertThat(TlsFailure.of(chain(new CertPathBuilderException("unable to find a path"))))
                .contains("the certificate is not trusted: unable to find a path");
        assertThat(TlsFailure.of(chain(new CertPathValidatorException("signature check failed",
                new SignatureException("bad signature")))))
                .contains("the certificate is not trusted: bad signature");
    }

    private static Throwable chain(Exception cause) {
        return new DecoderException(new SSLHandshakeException("General problem").initCause(cause));
    }

    @Test
    void whatIsNoTls() {
        assertThat(TlsFailure.of(new NotSslRecordException("x"))).contains("what was sent is not TLS");
        assertThat(TlsFailure.of(new IOException("Connection reset by peer"))).isEmpty();
        assertThat(TlsFailure.of(new SSLException("something"))).contains("something");
    }
}
