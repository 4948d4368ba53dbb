package dev.myproxy.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MariaEd25519Test {

    private static final byte[] FROM_ZERO = salt(0);
    private static final byte[] FROM_ONE = salt(1);
    private static final byte[] SIGNED_FROM_ZERO = HexFormat.of()
            .parseHex("b1c81570f7cd018a1c7490c0b6bc36e9186e4c5e087c40a4813ea9a725059805"
                    + "486c2c8b606e16092aa376f378d061bdcc8072078ae32e332445c84f992d9501");
    private static final byte[] SIGNED_FROM_ONE = HexFormat.of()
            .parseHex("178960bac5bf418d0121a076a1dde2fc82a367de87f331185703ac4904d77841"
                    + "91d367cb2a4d7ebc9cd1d680bbd1db8598ad016c86933a9eda36a7e33499c10d");

    @Test
    void acceptsSignaturesThatServersAccept() {
        assertThat(MariaEd25519.verify("bench", FROM_ZERO, SIGNED_FROM_ZERO)).isTrue();
        assertThat(MariaEd25519.verify("bench", FROM_ONE, SIGNED_FROM_ONE)).isTrue();
    }

    @Test
    void rejectsAnotherSaltAndAnotherPassword() {
        assertThat(MariaEd25519.verify("bench", FROM_ONE, SIGNED_FROM_ZERO)).isFalse();
        assertThat(MariaEd25519.verify("bunch", FROM_ZERO, SIGNED_FROM_ZERO)).isFalse();
    }

    private static byte[] salt(int first) {
        byte[] salt = new byte[32];
        IntStream.range(0, 32).forEach(i -> salt[i] = (byte) (first + i));
        return salt;
    }
}
