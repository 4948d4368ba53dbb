package dev.myproxy.lua.lib.sodium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordHashesTest {

    private static final LuaArgs PASSWORD = new LuaArgs("crypto_pwhash_str", LuaValue.list(LuaValue.of("secret")));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PasswordHashes hashes = new PasswordHashes(meters, 1, 2);

    @AfterEach
    void close() {
        hashes.close();
    }

    private static List<LuaValue> await(LuaReply reply) throws Exception {
        return ((LuaReply.Later) reply).values().await(60, TimeUnit.SECONDS);
    }

    @Test
    void areCounted() throws Exception {
        List<LuaValue> hash = await(hashes.hash(PASSWORD));

        assertThat(await(hashes.verify(new LuaArgs("", List.of(hash.getFirst(), LuaValue.of("secret"))))))
                .containsExactly(LuaValue.of(true));
        assertThat(meters.get("myproxy.password.hash").timer().count()).isEqualTo(2);
    }

    @Test
    void tooManyAreTurnedAway() throws Exception {
        List<LuaReply> replies = Stream.generate(() -> hashes.hash(PASSWORD)).limit(100).toList();

        assertThat(replies).contains(
                new LuaReply.Results(LuaValue.list(LuaValue.nil(), LuaValue.of("Too many password hashes at once"))));
        await(replies.getFirst());
    }

    @Test
    void whatNobodyWaitsForIsNotComputed() throws Exception {
        LuaReply first = hashes.hash(PASSWORD);
        LuaReply.Later waiting = (LuaReply.Later) hashes.hash(PASSWORD);
        LuaReply last = hashes.hash(PASSWORD);
        waiting.cancel().run();
        await(first);
        await(last);

        assertThat(waiting.values().isComplete()).isFalse();
    }
}
