package dev.myproxy.tls;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Locale;

/** Why there was no TLS though one side wanted it, in kinds that can be counted. The lower-case name is the label in metrics. */
public enum TlsFailureKind {
    /** The server offers none. */
    NOT_OFFERED,
    /** The peer's certificate is not accepted here, or the peer has shown none and had to. */
    CERTIFICATE,
    /** The peer refused, and said so by an alert: it does not accept our certificate, say. */
    ALERT,
    /** What the peer sent is not TLS. */
    NOT_TLS,
    /** The connection ended meanwhile. */
    CLOSED,
    /** It took too long. */
    TIMEOUT,
    /** Anything else: no version or cipher that both have, say. */
    OTHER;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in metrics. */
    public String label() {
        return label;
    }

    /** The kind of what a handshake has failed with. */
    public static TlsFailureKind of(Throwable failure) {
        return switch (failure) {
            case NotSslRecordException _ -> NOT_TLS;
            case DecoderException wrapper when wrapper.getCause() != null -> of(wrapper.getCause());
            case ClosedChannelException _ -> CLOSED;
            default -> ofMessages(failure);
        };
    }

    /** Engines have no types for this: what they say is asked, down to the first cause. */
    private static TlsFailureKind ofMessages(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String words = String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT);
            // Java's engine: Empty client certificate chain
            if (each instanceof CertificateException || words.contains("did_not_return_a_certificate")
                    || words.contains("empty client certificate")) {
                return CERTIFICATE;
            }
            // BoringSSL: SSLV3_ALERT_CERTIFICATE_UNKNOWN; Java's engine: Received fatal alert: certificate_unknown
            // To BoringSSL what OpenSSL's clients say in clear is no packet.
            if (words.contains("alert") || words.contains("bad_packet_length")) {
                return ALERT;
            }
        }
        return OTHER;
    }
}
