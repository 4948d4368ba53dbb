package dev.myproxy.pg.conninfo;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** A connection string is read, or refused with a reason; files that it may name are left alone here. */
class ConninfoFuzzTest {

    @FuzzTest
    void connectionString(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            Given given = UriForm.matches(text) ? UriForm.parse(text) : KeyValueForm.parse(text);
            Unsupported.refuse(given);
        } catch (ConninfoException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
