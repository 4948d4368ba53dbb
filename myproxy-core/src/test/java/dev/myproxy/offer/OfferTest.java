package dev.myproxy.offer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OfferTest {

    @ParameterizedTest
    @EnumSource(names = {"QUERY_ATTRIBUTES", "OPTIONAL_RESULTSET_METADATA", "PROGRESS", "STMT_BULK_OPERATIONS",
            "EXTENDED_METADATA", "CACHE_METADATA", "BULK_UNIT_RESULTS"})
    void whatAllServersHaveIsOffered(Capability flag) {
        assertThat(Offer.where(Offer.BASE.with(flag)).has(flag)).isTrue();
        assertThat(Offer.where(Offer.BASE).has(flag)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPRESS", "ZSTD", "SSL", "COM_MULTI", "MULTI_FACTOR_AUTHENTICATION", "CAPABILITY_EXTENSION",
            "SSL_VERIFY_SERVER_CERT"})
    void whatWeCannotDoIsNeverOffered(Capability flag) {
        assertThat(Offer.where(new Capabilities(-1)).has(flag)).isFalse();
    }

    @Test
    void noUnknownFlagIsOffered() {
        Capabilities known = Capabilities.of(Capability.values());

        assertThat(Offer.where(new Capabilities(-1)).minus(known)).isEqualTo(Capabilities.NONE);
    }

    @Test
    void longPasswordSaysThatNoFlagsOfMariaDbFollow() {
        assertThat(Offer.where(Offer.BASE.with(Capability.QUERY_ATTRIBUTES)).has(Capability.LONG_PASSWORD)).isTrue();
        assertThat(Offer.where(Offer.BASE.with(Capability.PROGRESS)).has(Capability.LONG_PASSWORD)).isFalse();
    }

    @Test
    void whatChangesFramingIsNotOfferedWhereAServerLacksIt() {
        Capabilities old = Offer.BASE.without(Capability.DEPRECATE_EOF, Capability.SESSION_TRACK,
                Capability.PROTOCOL_41);

        assertThat(Offer.where(old))
                .isEqualTo(Offer.BASE.without(Capability.DEPRECATE_EOF, Capability.SESSION_TRACK));
    }

    @Test
    void whatConcernsTheLoginAloneIsOfferedWhateverServersHave() {
        Capabilities offered = Offer.where(Capabilities.FRAMING);

        assertThat(offered.hasAll(Capabilities.of(Capability.LOCAL_FILES, Capability.CONNECT_ATTRS,
                Capability.PLUGIN_AUTH_LENENC, Capability.CAN_HANDLE_EXPIRED_PASSWORDS, Capability.INTERACTIVE,
                Capability.IGNORE_SPACE, Capability.NO_SCHEMA, Capability.ODBC, Capability.FOUND_ROWS))).isTrue();
    }
}
