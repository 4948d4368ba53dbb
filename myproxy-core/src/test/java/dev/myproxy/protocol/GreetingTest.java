package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

class GreetingTest {

    private static final ByteString SALT = ByteString.of("abcdefghijklmnopqrst");
    private static final Capabilities CAPABILITIES = Capabilities.of(Capability.LONG_PASSWORD, Capability.PROTOCOL_41,
            Capability.SECURE_CONNECTION, Capability.PLUGIN_AUTH, Capability.DEPRECATE_EOF);

    private static Greeting greeting(Capabilities capabilities) {
        return new Greeting(ByteString.of("5.7.30"), 0xdeadbeefL, SALT, capabilities, 0x21, 2,
                ByteString.of("mysql_clear_password"));
    }

    @Test
    void hasTheLayoutOfVersion10() {
        ByteBuf payload = Hex.written(greeting(new Capabilities(0x818ff20fL))::write);

        assertThat(Hex.of(payload)).isEqualTo("0a352e372e333000" + "efbeadde" + "6162636465666768" + "00" + "0ff2"
                + "21" + "0200" + "8f81" + "15" + "00000000000000000000" + "696a6b6c6d6e6f707172737400"
                + "6d7973716c5f636c6561725f70617373776f726400");
    }

    @Test
    void readsWhatItWrote() {
        Greeting greeting = greeting(CAPABILITIES);

        assertThat(Greeting.read(Hex.written(greeting::write))).isEqualTo(greeting);
    }

    @Test
    void carriesMariaDbCapabilitiesWhereMySqlHasZeros() {
        Greeting mariaDb = greeting(
                CAPABILITIES.without(Capability.LONG_PASSWORD).with(Capability.PROGRESS, Capability.CACHE_METADATA));
        Greeting mySql = greeting(CAPABILITIES.with(Capability.PROGRESS));

        assertThat(Greeting.read(Hex.written(mariaDb::write))).isEqualTo(mariaDb);
        assertThat(Greeting.read(Hex.written(mySql::write)).capabilities()).isEqualTo(CAPABILITIES);
    }

    @Test
    void readsTheShortFormWithEightBytesOfSalt() {
        Greeting greeting = Greeting.read(Hex.buffer("0a 3500 01000000 6162636465666768 00 0082"));

        assertThat(greeting.salt()).isEqualTo(ByteString.of("abcdefgh"));
        assertThat(greeting.capabilities())
                .isEqualTo(Capabilities.of(Capability.PROTOCOL_41, Capability.SECURE_CONNECTION));
        assertThat(greeting.plugin().isEmpty()).isTrue();
    }

    @Test
    void readsServersWithoutSecondPartOfTheSalt() {
        Greeting greeting = Greeting
                .read(Hex.buffer("0a 3500 01000000 6162636465666768 00 0082 21 0200 0000 00 00000000000000000000"));

        assertThat(greeting.salt()).isEqualTo(ByteString.of("abcdefgh"));
        assertThat(greeting.status()).isEqualTo(2);
    }

    @Test
    void readsServersWithoutPlugins() {
        Greeting greeting = greeting(CAPABILITIES.without(Capability.PLUGIN_AUTH));

        Greeting read = Greeting.read(Hex.written(greeting::write));

        assertThat(read.salt()).isEqualTo(SALT);
        assertThat(read.plugin().isEmpty()).isTrue();
    }

    @Test
    void readsAPluginNameWithoutNul() {
        ByteBuf payload = Hex.written(greeting(CAPABILITIES)::write);
        payload.writerIndex(payload.writerIndex() - 1);

        assertThat(Greeting.read(payload).plugin()).isEqualTo(ByteString.of("mysql_clear_password"));
    }

    @Test
    void keepsAllOfASaltOf32Bytes() {
        ByteString salt = ByteString.of("0123456789abcdef0123456789abcdef");
        Greeting greeting = new Greeting(ByteString.of("x"), 1, salt, CAPABILITIES, 0, 0, ByteString.of("p"));

        assertThat(Greeting.read(Hex.written(greeting::write)).salt()).isEqualTo(salt);
        ByteBuf unterminated = Hex.buffer("0a 7800 01000000 6162636465666768 00 0082 00 0000 0800 20"
                + "00000000000000000000" + "000000000000000000000000000000000000000000000000" + "7000");
        assertThat(Greeting.read(unterminated).salt().length()).isEqualTo(32);
    }

    @Test
    void refusesOtherVersions() {
        assertThatThrownBy(() -> Greeting.read(Hex.buffer("09 3300 01000000 6162636465666768 00")))
                .isInstanceOf(MalformedPacketException.class).hasMessageContaining("version 9");
        assertThatThrownBy(() -> Greeting.read(Hex.buffer("48545450"))).isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> Greeting.read(Hex.buffer(""))).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void isRefusedWhenCutInItsFixedPart() {
        ByteBuf whole = Hex.written(greeting(CAPABILITIES)::write);
        int capabilitiesEnd = 1 + 7 + 4 + 8 + 1 + 2;
        int fixedEnd = capabilitiesEnd + 16;
        for (int length = 0; length < fixedEnd; length++) {
            ByteBuf cut = whole.slice(0, length);
            if (length != capabilitiesEnd) {
                assertThatThrownBy(() -> Greeting.read(cut)).as("%s bytes", length)
                        .isInstanceOf(MalformedPacketException.class);
            }
        }
    }
}
