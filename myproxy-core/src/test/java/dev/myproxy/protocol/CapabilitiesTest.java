package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {

    @Test
    void bitsAreThoseOfTheProtocol() {
        assertThat(Capabilities.of(Capability.values()).bits()).isEqualTo(0x3f_ffff_ffffL);
        assertThat(Arrays.stream(Capability.values()).mapToInt(Capability::bit)).isSorted().doesNotHaveDuplicates();
        assertThat(Capability.PROTOCOL_41.mask()).isEqualTo(0x200);
        assertThat(Capability.PLUGIN_AUTH.mask()).isEqualTo(0x80000);
        assertThat(Capability.DEPRECATE_EOF.mask()).isEqualTo(0x1000000);
        assertThat(Capability.REMEMBER_OPTIONS.mask()).isEqualTo(0x80000000L);
        assertThat(Capability.CACHE_METADATA.mask()).isEqualTo(0x10_0000_0000L);
    }

    @Test
    void isASetOfFlags() {
        Capabilities some = Capabilities.of(Capability.SSL, Capability.ODBC);

        assertThat(some.has(Capability.SSL)).isTrue();
        assertThat(some.has(Capability.COMPRESS)).isFalse();
        assertThat(some.without(Capability.SSL)).isEqualTo(Capabilities.of(Capability.ODBC));
        assertThat(some.with(Capability.SSL)).isEqualTo(some);
        assertThat(some.and(Capabilities.of(Capability.SSL, Capability.COMPRESS)))
                .isEqualTo(Capabilities.of(Capability.SSL));
        assertThat(some.or(Capabilities.of(Capability.COMPRESS)).hasAll(some)).isTrue();
        assertThat(some.hasAll(some.with(Capability.COMPRESS))).isFalse();
        assertThat(some.minus(Capabilities.of(Capability.SSL))).isEqualTo(Capabilities.of(Capability.ODBC));
        assertThat(some.minus(some).isEmpty()).isTrue();
    }

    @Test
    void hasTwoHalves() {
        Capabilities both = Capabilities.of(Capability.REMEMBER_OPTIONS, Capability.PROGRESS);

        assertThat(both.low()).isEqualTo(0x80000000);
        assertThat(both.extended()).isEqualTo(1);
    }

    @Test
    void namesItsFlags() {
        assertThat(Capabilities.of(Capability.SESSION_TRACK, Capability.DEPRECATE_EOF))
                .hasToString("SESSION_TRACK, DEPRECATE_EOF");
        assertThat(Capabilities.NONE).hasToString("");
        assertThat(new Capabilities(1L << 60)).hasToString("");
    }

    @Test
    void framingIsWhatTheCommandPhaseDependsOn() {
        assertThat(Capabilities.FRAMING.has(Capability.DEPRECATE_EOF)).isTrue();
        assertThat(Capabilities.FRAMING.has(Capability.CACHE_METADATA)).isTrue();
        assertThat(Capabilities.FRAMING.has(Capability.PLUGIN_AUTH_LENENC)).isFalse();
        assertThat(Capabilities.FRAMING.has(Capability.LOCAL_FILES)).isFalse();
        assertThat(Capabilities.FRAMING.has(Capability.FOUND_ROWS)).isFalse();
    }
}
