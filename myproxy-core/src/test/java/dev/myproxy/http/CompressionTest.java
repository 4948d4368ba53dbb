package dev.myproxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate, GZIP;q=0.5", "*", "br, *;q=0.1", "gzip;q=1.0,*;q=0"})
    void takesGzip(String encodings) {
        assertThat(Compression.takesGzip(encodings)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "gzip;q=0", "*, gzip; q=0.000", "*;q=0.0", "xgzip"})
    void refusesGzip(String encodings) {
        assertThat(Compression.takesGzip(encodings)).isFalse();
    }
}
