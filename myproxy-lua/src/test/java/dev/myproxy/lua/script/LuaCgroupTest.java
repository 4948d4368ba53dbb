package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.cgroup.Cgroup;
import dev.myproxy.cgroup.CgroupSource;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Control groups of clients, on every engine; what results look like is in test_cgroup.lua. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class LuaCgroupTest {

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;

    LuaCgroupTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    private RunningScript load(String onConnect) throws Exception {
        return RunningScript.load(engine, RunningScript.write(directory, """
                                                                         mysql_listen('@x', {
                                                                             on_connect = function(client)
                                                                                 %s
                                                                             end,
                                                                             on_handshake_response = function(client)
                                                                                 return client:err('no')
                                                                             end,
                                                                         })
                                                                         """.formatted(onConnect)));
    }

    private static Decision.Refuse refuse(String message) {
        return new Decision.Refuse(ByteString.of(message));
    }

    @Test
    void otherClientsAreServedWhileItIsRead() throws Exception {
        Promise<Optional<Cgroup>> slow = Promise.promise();
        try (RunningScript script = load("return client:err(client.cgroup.path)")) {
            Future<Decision> waiting = script.ask(new ScriptEvent.Connect(script.clientIn(slow::future)));

            assertThat(script.connect(script.clientIn(FakeCgroup.of("/quick")))).isEqualTo(refuse("/quick"));
            assertThat(waiting.isComplete()).isFalse();
            slow.complete(Optional.of(new FakeCgroup("/slow")));

            assertThat(RunningScript.await(waiting)).isEqualTo(refuse("/slow"));
        }
    }

    @Test
    void aFailureIsRaisedAndNotRemembered() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        CgroupSource source = () -> reads.incrementAndGet() == 1
                ? Future.failedFuture(new IOException("Client process has already exited"))
                : Future.succeededFuture(Optional.of(new FakeCgroup("/a")));
        try (RunningScript script = load("""
                                         local ok, message = pcall(function() return client.cgroup end)
                                         return client:err(message .. ', ' .. client.cgroup.path .. client.cgroup.path)
                                         """)) {
            assertThat(script.connect(script.clientIn(source)))
                    .isEqualTo(refuse("Client process has already exited, /a/a"));
            assertThat(reads).hasValue(2);
        }
    }

    @Test
    void nobodyAsksForClientsWhoseScriptDoesNot() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        CgroupSource source = () -> {
            reads.incrementAndGet();
            return Future.succeededFuture(Optional.empty());
        };
        try (RunningScript script = load("return client:err(client.pid)")) {
            assertThat(script.connect(script.clientIn(source))).isEqualTo(refuse("4711"));
            assertThat(reads).hasValue(0);
        }
    }

    @Test
    void objectsOfClientsThatLeftAreStale() throws Exception {
        try (RunningScript script = load("""
                                         if not cgroup then
                                             cgroup, xattr = client.cgroup, client.cgroup.xattr
                                             return client:err(xattr.account)
                                         end
                                         local texts = {}
                                         for i, f in ipairs{
                                             function() return cgroup.path end,
                                             function() return cgroup.parent end,
                                             function() return cgroup.xattr end,
                                             function() return cgroup.nonsense end,
                                             function() return xattr.account end,
                                         } do
                                             texts[i] = select(2, pcall(f)):match('Stale object$')
                                         end
                                         return client:err(#texts)
                                         """)) {
            ScriptClient first = script.clientIn(FakeCgroup.of("/a"));
            assertThat(script.connect(first)).isEqualTo(refuse("joe"));

            script.gone(first);

            assertThat(script.connect(script.clientIn(FakeCgroup.of("/a")))).isEqualTo(refuse("5"));
        }
    }
}
