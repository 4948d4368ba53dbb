package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeResponseTest {

    private static final Capabilities ALL = Capabilities.of(Capability.values());
    private static final Capabilities MODERN = Capabilities.of(Capability.LONG_PASSWORD, Capability.PROTOCOL_41,
            Capability.SECURE_CONNECTION, Capability.PLUGIN_AUTH, Capability.PLUGIN_AUTH_LENENC);

    private static HandshakeResponse response(Capabilities capabilities, String answer, Optional<ByteString> database,
            Optional<ByteString> attributes, int zstdLevel) {
        return new HandshakeResponse(capabilities, 0x1000000, 2304, ByteString.of("alice"),
                AuthAnswer.wrap(Hex.bytes(answer)), database, ByteString.of("mysql_clear_password"), attributes,
                zstdLevel);
    }

    private static void assertSame(HandshakeResponse actual, HandshakeResponse expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void hasTheLayoutOf41() {
        HandshakeResponse response = response(new Capabilities(0x0028a205), "616200", Optional.of(ByteString.of("db")),
                Optional.empty(), 0);

        assertThat(Hex.of(Hex.written(response::write)))
                .isEqualTo("0da22800" + "00000001" + "0009" + "00".repeat(18) + "00000000" + "616c69636500"
                        + "03616200" + "646200" + "6d7973716c5f636c6561725f70617373776f726400");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsWhatItWroteWithAnyFlagsAndFields(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            HandshakeResponse response = random(random);

            assertSame(HandshakeResponse.read(Hex.written(response::write), new Capabilities(-1)), response);
            assertThat(Hex.of(Hex.written(response::write))).startsWith(Hex.of(Hex.written(response::writeSslRequest)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsReadUnderAnyOfferIsWrittenAndReadAgain(long seed) {
        Random random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 300; i++) {
            HandshakeResponse sent = random(random);
            Capabilities offered = new Capabilities(random.nextLong()).or(new Capabilities(random.nextLong()))
                    .with(Capability.PROTOCOL_41);
            Optional<HandshakeResponse> first = tryRead(Hex.written(sent::write), offered);
            if (first.isPresent()) {
                read++;
                ByteBuf again = Hex.written(first.get()::write);
                HandshakeResponse second = HandshakeResponse.read(again.duplicate(), new Capabilities(-1));
                assertThat(Hex.of(Hex.written(second::write))).isEqualTo(Hex.of(again));
                assertThat(first.get().capabilities().minus(offered)).isEqualTo(Capabilities.NONE);
            }
        }
        assertThat(read).isGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverIsCutAnywhereIsReadOrMalformed(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            ByteBuf whole = Hex.written(random(random)::write);
            for (int length = 0; length < whole.readableBytes(); length++) {
                var _ = tryRead(whole.slice(0, length), new Capabilities(-1));
            }
        }
    }

    /** Nothing but the exception for malformed packets may come. */
    private static Optional<HandshakeResponse> tryRead(ByteBuf payload, Capabilities offered) {
        try {
            return Optional.of(HandshakeResponse.read(payload, offered));
        } catch (MalformedPacketException e) {
            return Optional.empty();
        }
    }

    /** A response with any flags and fields. */
    private static HandshakeResponse random(Random random) {
        boolean database = random.nextBoolean();
        Capabilities flags = new Capabilities(random.nextLong()).with(Capability.PROTOCOL_41)
                .without(Capability.CONNECT_WITH_DB, Capability.CONNECT_ATTRS);
        flags = database ? flags.with(Capability.CONNECT_WITH_DB) : flags;
        boolean attributes = random.nextBoolean();
        flags = attributes ? flags.with(Capability.CONNECT_ATTRS) : flags;
        if (flags.has(Capability.LONG_PASSWORD)) {
            flags = new Capabilities(flags.bits() & 0xffffffffL);
        }
        byte[] answer = new byte[random.nextInt(flags.has(Capability.PLUGIN_AUTH_LENENC) ? 1000 : 256)];
        random.nextBytes(answer);
        return new HandshakeResponse(flags, random.nextInt() & 0xffffffffL,
                random.nextInt(0x10000), ByteString.of("u" + random.nextInt()), AuthAnswer.wrap(answer),
                database ? Optional.of(ByteString.of("d" + random.nextInt(3))) : Optional.empty(),
                flags.has(Capability.PLUGIN_AUTH) ? ByteString.of("plugin") : ByteString.EMPTY,
                attributes ? Optional.of(ByteString.of("x".repeat(random.nextInt(400)))) : Optional.empty(),
                flags.has(Capability.ZSTD) ? 1 + random.nextInt(22) : 0);
    }

    @Test
    void isRefusedWhenCutAnywhere() {
        HandshakeResponse response = response(MODERN.with(Capability.CONNECT_ATTRS), "61626300",
                Optional.of(ByteString.of("db")), Optional.of(ByteString.of("attributes")), 0);
        ByteBuf whole = Hex.written(response::write);
        int attributesAt = whole.readableBytes() - 11;
        for (int length = 0; length < whole.readableBytes(); length++) {
            ByteBuf cut = whole.slice(0, length);
            if (length != attributesAt) {
                assertThatThrownBy(() -> HandshakeResponse.read(cut, ALL)).as("%s bytes", length)
                        .isInstanceOf(MalformedPacketException.class);
            }
        }
        assertThat(HandshakeResponse.read(whole.slice(0, attributesAt), ALL).attributes()).isEmpty();
    }

    @Test
    void ignoresFlagsThatWereNotOffered() {
        // The client claims a length-encoded answer and attributes, but was not offered either: one byte of length
        // it is, and what stands behind the plugin is of no interest.
        HandshakeResponse sent = response(MODERN.with(Capability.CONNECT_ATTRS), "61".repeat(20), Optional.empty(),
                Optional.of(ByteString.of("attributes")), 0);
        Capabilities offered = MODERN.without(Capability.PLUGIN_AUTH_LENENC);

        HandshakeResponse read = HandshakeResponse.read(Hex.written(sent::write), offered);

        assertThat(read.capabilities()).isEqualTo(offered);
        assertThat(read.answer().length()).isEqualTo(20);
        assertThat(read.attributes()).isEmpty();
    }

    @Test
    void extendedCapabilitiesNeedAMariaDbClient() {
        Capabilities mariaDb = MODERN.without(Capability.LONG_PASSWORD).with(Capability.CACHE_METADATA);
        HandshakeResponse sent = response(mariaDb, "", Optional.empty(), Optional.empty(), 0);

        assertThat(HandshakeResponse.read(Hex.written(sent::write), ALL).capabilities()).isEqualTo(mariaDb);

        ByteBuf claiming = Hex.written(sent::write);
        claiming.setByte(0, claiming.getByte(0) | 1);
        assertThat(HandshakeResponse.read(claiming, ALL).capabilities()).isEqualTo(MODERN);
    }

    @Test
    void oneByteBehindTheFieldsIsAllowedAndMoreAreNot() {
        ByteBuf payload = Hex.written(response(MODERN, "", Optional.empty(), Optional.empty(), 0)::write);

        assertThat(HandshakeResponse.read(payload.copy().writeByte(3), ALL).zstdLevel()).isZero();
        assertThatThrownBy(() -> HandshakeResponse.read(payload.copy().writeShort(3), ALL))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void readsTheOldVariant() {
        HandshakeResponse plain = HandshakeResponse.read(Hex.buffer("0500 0000ff 626f6200 736563726574"), ALL);
        HandshakeResponse empty = HandshakeResponse.read(Hex.buffer("0500 0000ff 626f6200"), ALL);

        assertThat(plain.capabilities().has(Capability.PROTOCOL_41)).isFalse();
        assertThat(plain.user()).isEqualTo(ByteString.of("bob"));
        assertThat(plain.maxPacketBytes()).isEqualTo(0xff0000);
        assertThat(Hex.of(plain.answer().bytes())).isEqualTo("736563726574");
        assertThat(plain.database()).isEmpty();
        assertThat(empty.answer().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"61620064625f00, 616200, db_", "00646200, '', db", "616200 00, 616200, ''"})
    void readsTheOldVariantWithDatabase(String rest, String answer, String database) {
        HandshakeResponse response = HandshakeResponse.read(Hex.buffer("0d00 000000 626f6200" + rest), ALL);

        assertThat(Hex.of(response.answer().bytes())).isEqualTo(answer);
        assertThat(response.database()).contains(ByteString.of(database));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "05", "0500", "05000000", "0500000000", "0500000000626f62", "0d00000000626f62006162",
            "0d00000000626f6200616200", "0d00000000626f62006162006462"})
    void refusesTheOldVariantWhenCut(String hex) {
        assertThatThrownBy(() -> HandshakeResponse.read(Hex.buffer(hex), ALL))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void knowsSslRequests() {
        String rest = "00000001" + "21" + "00".repeat(23);

        assertThat(HandshakeResponse.isSslRequest(Hex.buffer("05aa0800" + rest))).isTrue();
        assertThat(HandshakeResponse.isSslRequest(Hex.buffer("05a20800" + rest))).isFalse();
        assertThat(HandshakeResponse.isSslRequest(Hex.buffer("05aa0800" + rest + "00"))).isFalse();
        assertThat(HandshakeResponse.isSslRequest(Hex.buffer("05aa0800"))).isFalse();
        assertThatThrownBy(() -> HandshakeResponse.read(Hex.buffer("05aa0800" + rest), ALL))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void refusesToWriteALongAnswerWithAShortLength() {
        HandshakeResponse response = response(MODERN.without(Capability.PLUGIN_AUTH_LENENC), "00".repeat(256),
                Optional.empty(), Optional.empty(), 0);

        assertThatThrownBy(() -> Hex.written(response::write)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotShowTheAnswer() {
        HandshakeResponse response = response(MODERN, "68756e74657232", Optional.empty(), Optional.empty(), 0);

        assertThat(response.toString()).contains("answer=***").doesNotContain("hunter2");
        response.answer().wipe();
        assertThat(Hex.of(response.answer().bytes())).isEqualTo("00".repeat(7));
    }
}
