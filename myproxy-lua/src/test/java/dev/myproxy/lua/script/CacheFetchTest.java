package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code cache:fetch} with many clients at once. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class CacheFetchTest {

    private static final String SOURCE = """
                                         local accounts = cache:new{name = 'accounts', ttl = 1000}
                                         local gates, calls, version = {}, 0, 1

                                         local function load(user)
                                             calls = calls + 1
                                             local call, seen = calls, version
                                             print('call ' .. call .. ' ' .. user)
                                             while not gates[call] do sleep(0.001) end
                                             if user == 'bad' then error('no database') end
                                             return {text = user .. ' v' .. seen}
                                         end

                                         mysql_listen('@test', {
                                             -- the test's commands
                                             on_init_db = function(client, command)
                                                 if command == 'change' then
                                                     version = version + 1
                                                     accounts:invalidate('joe')
                                                 elseif command == 'clear' then
                                                     version = version + 1
                                                     accounts:clear()
                                                 else
                                                     gates[tonumber(command)] = true
                                                 end
                                                 return client:err('done')
                                             end,
                                             on_handshake_response = function(client, login)
                                                 client.notes.user = login.user
                                                 return client:err(accounts:fetch(login.user, load).text)
                                             end,
                                         })
                                         """;

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;
    private Optional<RunningScript> script = Optional.empty();

    CacheFetchTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void load() throws Exception {
        script = Optional.of(RunningScript.load(engine, RunningScript.write(directory, SOURCE)));
    }

    @AfterEach
    void close() {
        script.ifPresent(RunningScript::close);
    }

    private RunningScript script() {
        return script.orElseThrow();
    }

    private Future<Decision> login(ScriptClient client, String user) {
        return script().ask(new ScriptEvent.HandshakeResponse(client, ByteString.of(user), Secret.empty(),
                Optional.empty()));
    }

    private Future<Decision> login(String user) {
        return login(script().tcpClient(), user);
    }

    private void command(String text) throws Exception {
        assertThat(script().initDb(script().tcpClient(), text)).isEqualTo(refusal("done"));
    }

    private static Decision refusal(String text) {
        return new Decision.Refuse(ByteString.of(text));
    }

    private void awaitCalls(String... calls) {
        await().untilAsserted(() -> assertThat(script().host.printedTexts()).containsExactly(calls));
    }

    private double metric(String name) {
        return script().host.meters.get("myproxy.lua.cache." + name).tag("cache", "accounts").meter().measure()
                .iterator().next().getValue();
    }

    @Test
    void concurrentCallersShareOneCall() throws Exception {
        List<Future<Decision>> logins = Stream.generate(() -> login("joe")).limit(50).toList();
        awaitCalls("call 1 joe");
        command("1");

        for (Future<Decision> login : logins) {
            assertThat(RunningScript.await(login)).isEqualTo(refusal("joe v1"));
        }
        assertThat(RunningScript.await(login("joe"))).isEqualTo(refusal("joe v1"));
        assertThat(script().host.printedTexts()).hasSize(1);
        assertThat(metric("fetches")).isEqualTo(1);
        assertThat(metric("misses")).isEqualTo(50);
        assertThat(metric("hits")).isEqualTo(1);
        assertThat(metric("entries")).isEqualTo(1);
        assertThat(metric("evictions")).isZero();
    }

    @Test
    void callersOfOtherKeysDoNotWait() throws Exception {
        Future<Decision> slow = login("joe");
        awaitCalls("call 1 joe");
        Future<Decision> quick = login("ann");
        awaitCalls("call 1 joe", "call 2 ann");

        command("2");

        assertThat(RunningScript.await(quick)).isEqualTo(refusal("ann v1"));
        assertThat(slow.isComplete()).isFalse();
        command("1");
        assertThat(RunningScript.await(slow)).isEqualTo(refusal("joe v1"));
    }

    @Test
    void whenTheFirstCallerLeavesTheOthersStillGetTheResult() throws Exception {
        ScriptClient first = script().tcpClient();
        Future<Decision> left = login(first, "joe");
        awaitCalls("call 1 joe");
        Future<Decision> second = login("joe");
        Future<Decision> third = login("joe");

        script().gone(first);
        command("1");

        assertThat(RunningScript.await(second)).isEqualTo(refusal("joe v1"));
        assertThat(RunningScript.await(third)).isEqualTo(refusal("joe v1"));
        assertThat(left.failed()).isTrue();
        assertThat(script().host.printedTexts()).hasSize(1);
    }

    @Test
    void whenAllCallersLeaveTheFunctionIsCancelledAndTheNextCallerStartsAgain() throws Exception {
        ScriptClient first = script().tcpClient();
        ScriptClient second = script().tcpClient();
        var _ = login(first, "joe");
        var _ = login(second, "joe");
        awaitCalls("call 1 joe");

        script().gone(first);
        script().gone(second);
        // the first is answered after both have left, the second after what that had caused
        command("98");
        command("99");
        Future<Decision> third = login("joe");
        awaitCalls("call 1 joe", "call 2 joe");
        command("1");
        command("2");

        assertThat(RunningScript.await(third)).isEqualTo(refusal("joe v1"));
        assertThat(metric("hits")).isZero();
    }

    @Test
    void aFailureReachesAllAndIsNotKept() throws Exception {
        Future<Decision> one = login("bad");
        Future<Decision> two = login("bad");
        awaitCalls("call 1 bad");

        command("1");

        Decision failure = new Decision.Failed(directory + "/config.lua:9: no database");
        assertThat(RunningScript.await(one)).isEqualTo(failure);
        assertThat(RunningScript.await(two)).isEqualTo(failure);
        var _ = login("bad");
        awaitCalls("call 1 bad", "call 2 bad");
    }

    @Test
    void whoComesAfterAnInvalidationGetsNothingThatWasReadBefore() throws Exception {
        Future<Decision> before = login("joe");
        awaitCalls("call 1 joe");

        command("change");
        Future<Decision> after = login("joe");
        awaitCalls("call 1 joe", "call 2 joe");
        command("2");
        assertThat(RunningScript.await(after)).isEqualTo(refusal("joe v2"));
        assertThat(before.isComplete()).isFalse();
        command("1");

        assertThat(RunningScript.await(before)).isEqualTo(refusal("joe v1"));
        assertThat(RunningScript.await(login("joe"))).isEqualTo(refusal("joe v2"));
    }

    @Test
    void clearInvalidatesWhatIsBeingFetched() throws Exception {
        Future<Decision> before = login("joe");
        awaitCalls("call 1 joe");

        command("clear");
        command("1");

        assertThat(RunningScript.await(before)).isEqualTo(refusal("joe v1"));
        Future<Decision> after = login("joe");
        awaitCalls("call 1 joe", "call 2 joe");
        command("2");
        assertThat(RunningScript.await(after)).isEqualTo(refusal("joe v2"));
    }

    @Test
    void aFetchOutlivesTheEvictionOfItsResult() throws Exception {
        try (RunningScript small = RunningScript.load(engine,
                RunningScript.write(directory, """
                                               local c = cache:new{size = 1}
                                               mysql_listen('@test', {on_handshake_response = function(client, login)
                                                   local t = c:fetch(login.user, function(key)
                                                       sleep(0.001)
                                                       return {text = key}
                                                   end)
                                                   collectgarbage()
                                                   return client:err(t.text)
                                               end})
                                               """))) {
            List<Future<Decision>> logins = Stream.iterate(0, i -> i + 1).limit(60)
                    .map(i -> small.ask(new ScriptEvent.HandshakeResponse(small.tcpClient(),
                            ByteString.of("user" + i % 20), Secret.empty(), Optional.empty())))
                    .toList();

            for (int i = 0; i < logins.size(); i++) {
                assertThat(RunningScript.await(logins.get(i))).isEqualTo(refusal("user" + i % 20));
            }
        }
    }
}
