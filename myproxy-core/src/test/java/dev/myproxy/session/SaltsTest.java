package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SaltsTest {

    @Test
    void saltsAreDifferentAndHoldNoByteThatPeersGiveAMeaning() {
        Salts salts = new Salts();
        Set<ByteString> seen = new HashSet<>();

        for (int i = 0; i < 1000; i++) {
            ByteString salt = salts.next();
            assertThat(salt.length()).isEqualTo(20);
            for (byte b : salt.toByteArray()) {
                assertThat(b).isPositive().isNotEqualTo((byte) '$');
            }
            seen.add(salt);
        }

        assertThat(seen).hasSize(1000);
    }
}
