package dev.myproxy.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** An authority of a test's own, and what it signs. */
public final class TestPki {

    private static final int ALTERNATIVE_NAMES = 17;
    private static final int BASIC_CONSTRAINTS = 19;

    /** A key and its certificate, which may be written to files. */
    public record Issued(KeyPair keys, X509Certificate certificate) {

        /** Writes both into a directory, the way that tools replace files: {@code NAME.crt} and {@code NAME.key}. */
        public IdentityFiles write(Path directory, String name) throws IOException {
            Path certificateFile = directory.resolve(name + ".crt");
            Path keyFile = directory.resolve(name + ".key");
            replace(certificateFile, pem());
            replace(keyFile, keyPem());
            return new IdentityFiles(certificateFile, keyFile);
        }

        public String pem() {
            try {
                return block("CERTIFICATE", certificate.getEncoded());
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException(e);
            }
        }

        public String keyPem() {
            Key key = keys.getPrivate();
            return block("PRIVATE KEY", key.getEncoded());
        }
    }

    private final Issued authority;

    private TestPki(Issued authority) {
        this.authority = authority;
    }

    /** A new authority. */
    public static TestPki create() {
        KeyPair keys = newKeys();
        X500Principal name = new X500Principal("CN=authority of a test");
        Instant now = Instant.now();
        byte[] signsOthers = CertificateDraft.extension(BASIC_CONSTRAINTS, true,
                Der.value(Der.SEQUENCE, Der.value(Der.BOOLEAN, new byte[]{(byte) 0xff})));
        return new TestPki(new Issued(keys, sign(new CertificateDraft(name, name, keys.getPublic(), now.minus(Duration
                .ofDays(60)), now.plus(Duration.ofDays(60)), List.of(signsOthers)), keys)));
    }

    /** The authority's certificate, written to a file. */
    public Path writeAuthority(Path directory) throws IOException {
        Path file = directory.resolve("ca.crt");
        replace(file, authority.pem());
        return file;
    }

    /** A certificate that is valid now, for a server with these names, or for a client. */
    public Issued issue(String commonName, String... dnsNames) {
        Instant now = Instant.now();
        return issue(commonName, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)), dnsNames);
    }

    /** A certificate that was valid until yesterday. */
    public Issued expired(String commonName, String... dnsNames) {
        Instant now = Instant.now();
        return issue(commonName, now.minus(Duration.ofDays(30)), now.minus(Duration.ofDays(1)), dnsNames);
    }

    /** A certificate that will be valid from tomorrow on. */
    public Issued notYetValid(String commonName, String... dnsNames) {
        Instant now = Instant.now();
        return issue(commonName, now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)), dnsNames);
    }

    /** A certificate for localhost and its addresses. */
    public Issued forLocalhost() {
        return issue("localhost", "localhost", "127.0.0.1");
    }

    private Issued issue(String commonName, Instant from, Instant until, String... names) {
        KeyPair keys = newKeys();
        List<byte[]> extensions = new ArrayList<>();
        if (names.length > 0) {
            byte[][] all = new byte[names.length][];
            for (int i = 0; i < names.length; i++) {
                all[i] = alternative(names[i]);
            }
            extensions.add(CertificateDraft.extension(ALTERNATIVE_NAMES, false, Der.value(Der.SEQUENCE, all)));
        }
        CertificateDraft draft = new CertificateDraft(authority.certificate().getSubjectX500Principal(),
                new X500Principal("CN=" + commonName), keys.getPublic(), from, until, extensions);
        return new Issued(keys, sign(draft, authority.keys()));
    }

    private static byte[] alternative(String name) {
        try {
            return name.matches("[0-9.]+")
                    ? Der.value(0x87, InetAddress.getByName(name).getAddress())
                    : Der.value(0x82, name.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static X509Certificate sign(CertificateDraft draft, KeyPair signer) {
        try {
            return draft.sign(signer.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    static void replace(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
