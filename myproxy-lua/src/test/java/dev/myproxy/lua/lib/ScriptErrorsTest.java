package dev.myproxy.lua.lib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.address.ParsedAddress;
import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaOwner;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptHost;
import dev.myproxy.script.Where;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptErrorsTest {

    private static final String STACK = "stack traceback:\n\tconfig.lua:3: in function 'f'\n\tconfig.lua:9: in main chunk";

    private final List<String> lines = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final ScriptErrors errors = new ScriptErrors(new Host(), new Timers(), Runnable::run);

    private void fail(String what, String message) {
        errors.report(what, LuaOwner.NOBODY, new LuaOutcome.Failed(ByteString.of(message), STACK));
    }

    private static LuaOwner client(String name) {
        return () -> Optional.of(name);
    }

    /** Lets a minute pass. */
    private void pass() {
        List<Runnable> due = List.copyOf(timers);
        timers.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void theFirstErrorIsLoggedWithItsTraceback() {
        fail("on_connect", "config.lua:3: no\ndatabase");

        assertThat(lines).containsExactly(
                "Lua error in on_connect: config.lua:3: no database\n\tconfig.lua:3: in function 'f'\n\tconfig.lua:9: in main chunk");
    }

    @Test
    void furtherOnesAreCountedAndSaidOncePerMinuteUntilThereAreNone() {
        for (int i = 0; i < 100; i++) {
            fail("on_init_db", "config.lua:3: error " + i);
        }
        assertThat(lines).hasSize(1);

        pass();
        fail("on_init_db", "config.lua:3: again");
        pass();
        pass();
        fail("on_init_db", "config.lua:3: much later");

        assertThat(lines.subList(1, lines.size())).containsExactly(
                "Lua error in on_init_db: config.lua:3: error 99 (99 more in the last 60 s)",
                "Lua error in on_init_db: config.lua:3: again (1 more in the last 60 s)",
                "Lua error in on_init_db: config.lua:3: much later");
        assertThat(meters.get("myproxy.lua.errors").tag("handler", "on_init_db").counter().count()).isEqualTo(102);
    }

    @Test
    void eachPlaceIsLoggedByItself() {
        fail("on_connect", "config.lua:3: x");
        fail("on_connect", "config.lua:4: x");
        fail("on_connect", "no position, so that the innermost frame counts");

        assertThat(lines).hasSize(2);
        errors.report("on_connect", client("a"), "Bad return value");
        errors.report("on_connect", client("b"), "Bad return value");
        errors.report("on_init_db", client("b"), "Bad return value");
        assertThat(lines.subList(2, lines.size())).containsExactly("[a] Lua error in on_connect: Bad return value",
                "[b] Lua error in on_init_db: Bad return value");
    }

    @Test
    void noMoreThanAThousandPlacesAreRemembered() {
        fail("on_connect", "config.lua:0: x");
        fail("on_connect", "config.lua:0: x");
        for (int i = 1; i <= 1000; i++) {
            fail("on_connect", "config.lua:" + i + ": x");
        }
        assertThat(lines).hasSize(1002).contains("Lua error in on_connect: config.lua:0: x (1 more)");

        fail("on_connect", "config.lua:1000: x");
        assertThat(lines).hasSize(1002);
        fail("on_connect", "config.lua:0: x");
        assertThat(lines).hasSize(1003);
    }

    @Test
    void longMessagesAreCutOff() {
        errors.report("reload", LuaOwner.NOBODY, "x".repeat(100000));

        assertThat(lines.getFirst()).hasSizeLessThan(2100).endsWith("x...");
    }

    /** Takes lines. */
    private final class Host implements ScriptHost {
        @Override
        public void listen(Where where, Handlers handlers) {}

        @Override
        public void print(ByteString line) {}

        @Override
        public void scriptError(String message) {
            lines.add(message);
        }

        @Override
        public MeterRegistry meters() {
            return meters;
        }

        @Override
        public void exit(int code) {}
    }

    /** Has timers alone. */
    private final class Timers implements Outside {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Runnable after(Duration delay, Runnable command) {
            assertThat(delay).isEqualTo(ErrorPlace.WINDOW);
            timers.add(command);
            return () -> timers.remove(command);
        }

        @Override
        public Future<Address> resolve(ParsedAddress.Named name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Address resolveBlocking(ParsedAddress.Named name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }
    }
}
