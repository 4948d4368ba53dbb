package dev.myproxy.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files in the text form of
 * <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>. All of this blocks as long as the file system does.
 */
final class Pem {

    /** Files with the authorities of a whole system have 200 to 300 kB. */
    private static final long MAX_BYTES = 4 << 20;

    private static final Pattern BLOCK = Pattern
            .compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private Pem() {}

    /** The certificates in a file, at least one, in their order. */
    static List<X509Certificate> certificates(Path file) throws TlsException {
        return certificates(file, text(file));
    }

    /** The certificates in the text of a file. */
    static List<X509Certificate> certificates(Path file, String text) throws TlsException {
        List<X509Certificate> found = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            while (matcher.find()) {
                if (matcher.group(1).endsWith("CERTIFICATE")) {
                    byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
                    found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
                }
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw new TlsException("A certificate in " + file + " can't be read: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new TlsException("There is no certificate in PEM form in " + file);
        }
        return found;
    }

    /** The private key in a file: the first one. */
    static PrivateKey privateKey(Path file) throws TlsException {
        return privateKey(file, text(file));
    }

    /** The first private key in the text of a file. */
    static PrivateKey privateKey(Path file, String text) throws TlsException {
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            String label = matcher.group(1);
            if (label.equals("ENCRYPTED PRIVATE KEY") || matcher.group(2).contains("Proc-Type: 4,ENCRYPTED")) {
                throw new TlsException("The key in " + file + " is protected by a password, which nobody could enter");
            }
            if (label.endsWith("PRIVATE KEY")) {
                return PrivateKeys.decode(file, label, matcher.group(2));
            }
        }
        throw new TlsException("There is no private key in PEM form in " + file);
    }

    private static String text(Path file) throws TlsException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new TlsException(file + " is too large for a file with certificates or a key");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (TlsException e) {
            throw e;
        } catch (IOException e) {
            throw new TlsException("Failed to read " + file + ": " + reason(e), e);
        }
    }

    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            default -> Objects.requireNonNullElse(e.getMessage(), e.toString());
        };
    }
}
