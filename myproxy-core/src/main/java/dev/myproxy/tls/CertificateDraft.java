package dev.myproxy.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate to be signed with a key on the curve P-256:
 * <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1">RFC 5280</a>.
 *
 * <pre>
 * SEQUENCE
 *   SEQUENCE
 *     [0] INTEGER 2, that is version 3
 *     INTEGER  serial number
 *     SEQUENCE object id of the signature's algorithm
 *     issuer, SEQUENCE (from, until), subject, public key
 *     [3] SEQUENCE of extensions
 *   SEQUENCE object id of the signature's algorithm
 *   BIT STRING signature
 * </pre>
 *
 * @param extensions each made by {@link #extension}
 */
record CertificateDraft(X500Principal issuer, X500Principal subject, PublicKey key, Instant from, Instant until,
        List<byte[]> extensions) {

    private static final int SERIAL_BITS = 120;
    private static final byte[] VERSION_3 = {0x02, 0x01, 0x02};
    /** ecdsa-with-SHA256, 1.2.840.10045.4.3.2 */
    private static final byte[] ECDSA_SHA256 = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03,
            0x02};
    /** The year from which on times have four digits for it. */
    private static final int LONG_YEARS = 2050;

    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'");
    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");

    CertificateDraft {
        extensions = List.copyOf(extensions);
    }

    /** An extension: its object id under 2.5.29, and what it says. */
    static byte[] extension(int number, boolean critical, byte[] value) {
        byte[] id = {0x06, 0x03, 0x55, 0x1d, (byte) number};
        byte[] must = critical ? Der.value(Der.BOOLEAN, new byte[]{(byte) 0xff}) : new byte[0];
        return Der.value(Der.SEQUENCE, id, must, Der.value(Der.OCTET_STRING, value));
    }

    /** Signs it. */
    X509Certificate sign(PrivateKey signer) throws GeneralSecurityException {
        byte[] algorithm = Der.value(Der.SEQUENCE, ECDSA_SHA256);
        byte[] content = Der.value(Der.SEQUENCE, Der.value(Der.field(0), VERSION_3),
                Der.value(Der.INTEGER, new BigInteger(SERIAL_BITS, new SecureRandom()).toByteArray()), algorithm,
                issuer.getEncoded(), Der.value(Der.SEQUENCE, time(from), time(until)), subject.getEncoded(),
                key.getEncoded(), Der.value(Der.field(3), Der.value(Der.SEQUENCE, extensions.toArray(byte[][]::new))));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer);
        signature.update(content);
        byte[] certificate = Der.value(Der.SEQUENCE, content, algorithm, Der.bits(signature.sign()));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate));
    }

    private static byte[] time(Instant instant) {
        ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
        boolean isLong = time.getYear() >= LONG_YEARS;
        String text = (isLong ? LONG : SHORT).format(time);
        return Der.value(isLong ? Der.GENERALIZED_TIME : Der.UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }
}
