package dev.myproxy.tls;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Why a handshake failed, or what a peer sent later could not be understood, in a few words. */
public final class TlsFailure {

    /** What BoringSSL puts before its words. */
    private static final Pattern ORIGIN = Pattern.compile("^error:[0-9a-f]+:SSL routines:[^:]*:");
    private static final String CERTIFICATE = "the certificate ";
    private static final Pattern ALERT = Pattern.compile("(?:SSLV3|TLSV1)_ALERT_(?<name>\\w+)");

    private TlsFailure() {}

    /** The words for an exception that TLS is to blame for; empty for others, such as that of a connection that broke. */
    public static Optional<String> of(Throwable failure) {
        return switch (failure) {
            case DecoderException wrapper when wrapper.getCause() != null -> of(wrapper.getCause());
            case NotSslRecordException _ -> Optional.of("what was sent is not TLS");
            case SSLException e -> Optional.of(words(e));
            default -> Optional.empty();
        };
    }

    private static String words(Throwable failure) {
        Throwable cause = failure.getCause();
        String deepest = cause == null
                ? inWords(ORIGIN.matcher(Objects.requireNonNullElse(failure.getMessage(), failure.toString()))
                        .replaceFirst(""))
                : words(cause);
        return switch (failure) {
            case CertificateExpiredException _ -> CERTIFICATE + "has expired, " + deepest;
            case CertificateNotYetValidException _ -> CERTIFICATE + "is not valid yet, " + deepest;
            case CertPathBuilderException _,CertPathValidatorException _ when !deepest.startsWith(CERTIFICATE) ->
                CERTIFICATE + "is not trusted: " + deepest;
            default -> deepest;
        };
    }

    /** BoringSSL has names for what goes wrong, with which nobody has to do but its authors. */
    private static String inWords(String reason) {
        return switch (reason) {
            case "PEER_DID_NOT_RETURN_A_CERTIFICATE" -> "no certificate was shown";
            case "NO_SHARED_CIPHER" -> "there is no cipher that both sides know";
            // What OpenSSL's clients say before they have keys for it is no packet to BoringSSL.
            case "BAD_PACKET_LENGTH" ->
                "the other side broke off the handshake; perhaps it does not trust the certificate that it was shown";
            case "UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION" ->
                "there is no version of TLS that both sides know (" + reason + ")";
            case String other -> {
                Matcher alert = ALERT.matcher(other);
                yield alert.matches()
                        ? "the other side refused with the alert "
                                + alert.group("name").toLowerCase(Locale.ROOT).replace('_', ' ')
                        : other;
            }
        };
    }
}
