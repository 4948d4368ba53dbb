package dev.myproxy.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names that a certificate is for, by <a href="https://www.rfc-editor.org/rfc/rfc6125">RFC 6125</a>: its alternative names; its
 * common name only if there are none, as servers' own certificates have it.
 */
final class ServerNames {

    private static final int DNS = 2;
    private static final int IP = 7;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]+)");

    private ServerNames() {}

    /** Whether a certificate is for a host: a name, or an address in the usual text form. */
    static boolean include(X509Certificate certificate, String host) {
        Collection<List<?>> alternatives = alternatives(certificate);
        Optional<InetAddress> address = literal(host);
        if (address.isPresent()) {
            return names(alternatives, IP).anyMatch(name -> literal(name).equals(address));
        }
        if (names(alternatives, DNS).findAny().isPresent()) {
            return names(alternatives, DNS).anyMatch(pattern -> matches(pattern, host));
        }
        Matcher subject = COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
        return subject.find() && matches(subject.group(1), host);
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            return Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.of());
        } catch (CertificateParsingException _) {
            return List.of();
        }
    }

    private static Stream<String> names(Collection<List<?>> alternatives, int kind) {
        return alternatives.stream().filter(name -> Integer.valueOf(kind).equals(name.get(0)))
                .map(name -> String.valueOf(name.get(1)));
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** A star stands for the first label, whole. */
    private static boolean matches(String pattern, String host) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        String name = host.toLowerCase(Locale.ROOT);
        int dot = name.indexOf('.');
        return wanted.equals(name) || (wanted.startsWith("*.") && wanted.indexOf('.', 2) > 0 && dot > 0
                && wanted.substring(1).equals(name.substring(dot)));
    }
}
