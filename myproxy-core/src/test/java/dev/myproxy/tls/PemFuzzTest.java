package dev.myproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/** Whatever stands in a file, it is taken or refused in words that have nothing of a key. */
class PemFuzzTest {

    private static final Path FILE = Path.of("file.pem");
    private static final String[] LABELS = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"};

    @FuzzTest
    void file(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        try {
            assertThat(Pem.certificates(FILE, text)).isNotEmpty();
        } catch (TlsException e) {
            assertThat(e).hasMessageContaining("file.pem");
        }
        try {
            assertThat(Pem.privateKey(FILE, text).getEncoded()).isNotEmpty();
        } catch (TlsException e) {
            checkRefusal(e);
        }
    }

    /** The first byte chooses what the others are called. */
    @FuzzTest
    void key(byte[] input) {
        String label = LABELS[input.length == 0 ? 0 : input[0] & 3];
        byte[] der = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
        try {
            assertThat(PrivateKeys.decode(FILE, label, Base64.getEncoder().encodeToString(der)).getEncoded())
                    .isNotEmpty();
        } catch (TlsException e) {
            checkRefusal(e);
        }
    }

    private static void checkRefusal(TlsException failure) {
        assertThat(failure).hasMessageContaining("file.pem").hasNoCause().message().hasSizeLessThan(200);
    }
}
