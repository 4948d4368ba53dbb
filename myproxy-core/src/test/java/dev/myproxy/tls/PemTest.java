package dev.myproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemTest {

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("file.pem"), text);
    }

    /** What stands in the octet string at the end of PKCS #8. */
    private static byte[] inner(byte[] pkcs8, int length) {
        return Arrays.copyOfRange(pkcs8, pkcs8.length - length, pkcs8.length);
    }

    @Test
    void readsKeysOfPkcs8() throws Exception {
        KeyPair ec = TestPki.newKeys();
        KeyPair rsa = rsa();
        KeyPair ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        for (KeyPair keys : new KeyPair[]{ec, rsa, ed25519}) {
            Path file = file("comment\n" + TestPki.block("PRIVATE KEY", keys.getPrivate().getEncoded()));
            assertThat(Pem.privateKey(file)).isEqualTo(keys.getPrivate());
        }
    }

    @Test
    void readsKeysOfPkcs1() throws Exception {
        KeyPair keys = rsa();
        byte[] pkcs8 = keys.getPrivate().getEncoded();
        // SEQUENCE 4, INTEGER 3, algorithm 15, OCTET STRING 4
        Path file = file(TestPki.block("RSA PRIVATE KEY", inner(pkcs8, pkcs8.length - 26)));

        assertThat(Pem.privateKey(file)).isEqualTo(keys.getPrivate());
    }

    @Test
    void readsKeysOfSec1() throws Exception {
        KeyPair keys = TestPki.newKeys();
        byte[] pkcs8 = keys.getPrivate().getEncoded();
        byte[] curve = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07};
        byte[] number = Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length);
        byte[] sec1 = Der.value(Der.SEQUENCE, new byte[]{0x02, 0x01, 0x01}, Der.value(Der.OCTET_STRING, number),
                Der.value(Der.field(0), curve));
        Path file = file(TestPki.block("EC PARAMETERS", curve) + TestPki.block("EC PRIVATE KEY", sec1));

        assertThat(((ECPrivateKey) Pem.privateKey(file)).getS())
                .isEqualTo(((ECPrivateKey) keys.getPrivate()).getS());
    }

    private static KeyPair rsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        Path missing = directory.resolve("missing.pem");
        assertThatThrownBy(() -> Pem.privateKey(missing))
                .hasMessage("Failed to read " + missing + ": No such file or directory");
        assertThatThrownBy(() -> Pem.certificates(directory)).hasMessageStartingWith("Failed to read " + directory);

        Path none = file("-----BEGIN NOTHING-----\n-----END NOTHING-----\n");
        assertThatThrownBy(() -> Pem.privateKey(none)).hasMessage("There is no private key in PEM form in " + none);
        assertThatThrownBy(() -> Pem.certificates(none)).hasMessage("There is no certificate in PEM form in " + none);

        for (String locked : new String[]{TestPki.block("ENCRYPTED PRIVATE KEY", new byte[9]),
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"}) {
            Path file = file(locked);
            assertThatThrownBy(() -> Pem.privateKey(file))
                    .hasMessage("The key in " + file + " is protected by a password, which nobody could enter");
        }
        for (String damaged : new String[]{TestPki.block("PRIVATE KEY", new byte[40]),
                TestPki.block("RSA PRIVATE KEY", new byte[40]), TestPki.block("EC PRIVATE KEY", new byte[1]),
                TestPki.block("EC PRIVATE KEY", new byte[]{0x30, (byte) 0x84, (byte) 0xff, 0, 0, 0})}) {
            Path file = file(damaged);
            assertThatThrownBy(() -> Pem.privateKey(file)).isInstanceOf(TlsException.class)
                    .hasMessageContaining(file.toString());
        }
        Path damaged = file(TestPki.block("CERTIFICATE", new byte[10]));
        assertThatThrownBy(() -> Pem.certificates(damaged))
                .hasMessageStartingWith("A certificate in " + damaged + " can't be read");
    }
}
