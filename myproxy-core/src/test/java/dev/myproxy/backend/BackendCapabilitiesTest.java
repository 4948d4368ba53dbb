package dev.myproxy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import org.junit.jupiter.api.Test;

class BackendCapabilitiesTest {

    private static final Capabilities CLIENT = Capabilities.of(Capability.PROTOCOL_41, Capability.TRANSACTIONS,
            Capability.DEPRECATE_EOF, Capability.INTERACTIVE, Capability.PLUGIN_AUTH, Capability.PLUGIN_AUTH_LENENC);

    @Test
    void layoutFlagsThatTheServerLacksAreMissing() {
        Capabilities server = CLIENT.without(Capability.DEPRECATE_EOF, Capability.INTERACTIVE);

        assertThat(BackendCapabilities.missing(CLIENT, server)).isEqualTo(Capabilities.of(Capability.DEPRECATE_EOF));
    }

    @Test
    void flagsOfTheHandshakeAloneMayDiffer() {
        Capabilities server = CLIENT.without(Capability.PLUGIN_AUTH, Capability.PLUGIN_AUTH_LENENC);

        assertThat(BackendCapabilities.missing(CLIENT, server)).isEqualTo(Capabilities.NONE);
        assertThat(BackendCapabilities.request(CLIENT, server).has(Capability.PLUGIN_AUTH)).isFalse();
    }

    @Test
    void serverIsAskedForWhatTheClientGotAndOurLoginNeeds() {
        Capabilities server = CLIENT.with(Capability.SESSION_TRACK, Capability.SSL, Capability.SECURE_CONNECTION);

        assertThat(BackendCapabilities.request(CLIENT, server))
                .isEqualTo(CLIENT.with(Capability.SECURE_CONNECTION, Capability.LONG_PASSWORD));
    }
}
