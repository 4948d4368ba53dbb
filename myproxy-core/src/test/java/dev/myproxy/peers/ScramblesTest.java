package dev.myproxy.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ScramblesTest {

    private static final byte[] SALT = HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f1011121314");

    @Test
    void nativePasswordGivesWhatServersAccept() {
        assertThat(Scrambles.nativePassword("bench", SALT)).asHexString()
                .isEqualToIgnoringCase("1914b7866c8b2a3dd5e40504c14d06f5a17b14af");
    }

    @Test
    void cachingSha2GivesWhatServersAccept() {
        assertThat(Scrambles.cachingSha2("bench", SALT)).asHexString()
                .isEqualToIgnoringCase("56f121b8ace33c01ed02bbd1e1d90a0e016f59270689c37c5e656bf542af8a25");
    }

    @Test
    void emptyPasswordsNeedNoAnswer() {
        assertThat(Scrambles.nativePassword("", SALT)).isEmpty();
        assertThat(Scrambles.cachingSha2("", SALT)).isEmpty();
    }

    @Test
    void hashesAreThoseOfServers() {
        assertThat(Scrambles.nativeHash("secret".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("*14E65567ABDB5135D0CFD9A70B3032C179A49EE7");
    }
}
