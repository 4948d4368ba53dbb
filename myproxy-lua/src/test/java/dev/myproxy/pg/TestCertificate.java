package dev.myproxy.pg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate that is its own authority, made with the JDK's keytool.
 *
 * @param chain PEM
 * @param key   PEM, for the owner only
 */
record TestCertificate(Path chain, Path key) {

    private static final String PASSWORD = "changeit";

    /**
     * @param host what it is made out to
     */
    static TestCertificate make(Path directory, String host) {
        Path store = directory.resolve(host + ".p12");
        try {
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair", "-alias", "key", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + host,
                    "-ext", "san=dns:" + host, "-ext", "bc=ca:true", "-validity", "10", "-storetype", "PKCS12",
                    "-keystore", store.toString(), "-storepass", PASSWORD).inheritIO().start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool failed");
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            return new TestCertificate(
                    pem(directory.resolve(host + ".crt"), "CERTIFICATE", keys.getCertificate("key").getEncoded()),
                    pem(directory.resolve(host + ".key"), "PRIVATE KEY",
                            keys.getKey("key", PASSWORD.toCharArray()).getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path pem(Path file, String what, byte[] content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
        return Files.writeString(file,
                "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }
}
