package dev.myproxy.tls;

import static dev.myproxy.tls.TlsFailureKind.ALERT;
import static dev.myproxy.tls.TlsFailureKind.CERTIFICATE;
import static dev.myproxy.tls.TlsFailureKind.CLOSED;
import static dev.myproxy.tls.TlsFailureKind.NOT_TLS;
import static dev.myproxy.tls.TlsFailureKind.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlsFailureKindTest {

    static Stream<Arguments> failures() {
        SSLHandshakeException unchecked = new SSLHandshakeException("General OpenSslEngine problem");
        unchecked.initCause(new CertificateException("its certificate has expired on 2026-01-31T12:00:00Z"));
        return Stream.of(Arguments.of(unchecked, CERTIFICATE),
                Arguments.of(new DecoderException(unchecked), CERTIFICATE),
                Arguments.of(new SSLHandshakeException(
                        "error:100000c0:SSL routines:OPENSSL_internal:PEER_DID_NOT_RETURN_A_CERTIFICATE"), CERTIFICATE),
                Arguments.of(new SSLHandshakeException("Empty client certificate chain"), CERTIFICATE),
                Arguments.of(new SSLHandshakeException(
                        "error:10000416:SSL routines:OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_UNKNOWN"), ALERT),
                Arguments.of(new SSLHandshakeException("(unknown_ca) Received fatal alert: unknown_ca"), ALERT),
                Arguments.of(new SSLHandshakeException(
                        "error:1000008b:SSL routines:OPENSSL_internal:BAD_PACKET_LENGTH"), ALERT),
                Arguments.of(new NotSslRecordException("not an SSL/TLS record"), NOT_TLS),
                Arguments.of(new DecoderException(new NotSslRecordException("no")), NOT_TLS),
                Arguments.of(new ClosedChannelException(), CLOSED),
                Arguments.of(new SSLHandshakeException(
                        "error:100000f0:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL"), OTHER),
                Arguments.of(new DecoderException("of nothing"), OTHER), Arguments.of(new IOException(), OTHER));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void hasAKind(Exception failure, TlsFailureKind kind) {
        assertThat(TlsFailureKind.of(failure)).isEqualTo(kind);
    }

    @Test
    void labelsAreLowerCase() {
        assertThat(TlsFailureKind.NOT_OFFERED.label()).isEqualTo("not_offered");
    }
}
