package dev.myproxy.lua.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.script.LuaScriptEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Clusters of policies that are tested: the test says how nodes are, and sees which one a decision would choose. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class TestedClustersTest {

    private static final String POLICY = """
                                         local cluster = mysql_cluster({'10.0.0.1', '10.0.0.2', '/run/db.sock'},
                                             {monitoring = true, user = 'check', no_read_only = true, rise = 5, fall = 5})
                                         local other = mysql_cluster({'10.0.0.2', '10.0.0.3'}, {monitoring = true})
                                         local unwatched = mysql_cluster{'10.0.0.9'}
                                         cluster:on_change(function(node)
                                             if node.reason == 'fails' then error('can not cope') end
                                             sleep(1)
                                             print(node.address, node.from, node.to, node.reason)
                                         end)
                                         mysql_listen('@unix', {
                                             on_handshake_response = function(client, login)
                                                 client.account = login.user
                                                 if login.user == 'states' then
                                                     return client:err(cluster:state('10.0.0.2') .. other:state('10.0.0.2')
                                                         .. unwatched:state('10.0.0.9'))
                                                 end
                                                 if login.user == 'unwatched' then
                                                     return client:connect(unwatched, login)
                                                 end
                                                 return client:connect(cluster, login, {read_only = login.user == 'reader'})
                                             end,
                                         })
                                         """;

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;
    private TestBench bench;

    TestedClustersTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void writePolicy() {
        bench = new TestBench(engine, directory).policy(POLICY);
    }

    @Test
    void nodesAreAliveUntilTheTestSaysOtherwise() {
        bench.passes("""
                     local policy = test.load('config.lua')
                     local function message() return policy:client():login{ user = 'states' }.message end
                     test.case('one', function()
                         test.equal(message(), 'alivealiveunknown')
                         policy:node('10.0.0.2', 'read_only', 'read only')
                         test.equal(message(), 'read_onlyread_onlyunknown')
                         policy:node('10.0.0.2:3306', 'overloaded')
                         test.equal(message(), 'overloadedoverloadedunknown')
                     end)
                     test.case('another one sees nothing of that', function()
                         test.equal(message(), 'alivealiveunknown')
                     end)
                     """);
    }

    @Test
    void theDecisionShowsTheServerThatWouldBeTriedFirst() {
        bench.passes("""
                     local policy = test.load('config.lua')
                     test.case('fail-over', function()
                         local before = policy:client():login{ user = 'joe' }.target
                         policy:node(before, 'dead', 'Connection refused')
                         local after = policy:client():login{ user = 'joe' }.target
                         test.differs(after, before)
                         policy:node(after, 'dead')
                         test.differs(policy:client():login{ user = 'joe' }.target, after)
                         policy:node(before, 'alive')
                         test.equal(policy:client():login{ user = 'joe' }.target, before)
                         test.equal(policy:client():login{ user = 'unwatched' }.target, '10.0.0.9:3306')
                     end)
                     test.case('readers', function()
                         policy:node('/run/db.sock', 'read_only')
                         test.equal(policy:client():login{ user = 'reader' }.target, '/run/db.sock')
                         test.differs(policy:client():login{ user = 'joe' }.target, '/run/db.sock')
                     end)
                     """);
    }

    /** The order of the hashes that were read off the C++ myproxy: accounts must not move when it is replaced. */
    @Test
    void anAccountsOrderIsTheOneThatItAlwaysHad() {
        bench.policy("""
                     local cluster = mysql_cluster({'/run/mysql.sock', '192.168.0.2', '::1', '@server4', '192.168.0.3'},
                         {monitoring = true})
                     mysql_listen('@unix', {
                         on_handshake_response = function(client, login)
                             client.account = login.user
                             return client:connect(cluster, login)
                         end,
                     })
                     """).passes("""
                                 local policy = test.load('config.lua')
                                 test.case('joe', function()
                                     for _, node in ipairs{ '192.168.0.3:3306', '@server4', '[::1]:3306',
                                         '192.168.0.2:3306', '/run/mysql.sock' } do
                                         test.equal(policy:client():login{ user = 'joe' }.target, node)
                                         policy:node(node, 'dead')
                                     end
                                     test.equal(policy:client():login{ user = 'joe' }.target, '192.168.0.3:3306')
                                 end)
                                 """);
    }

    @Test
    void functionsAreToldOfChangesBeforeTheTestGoesOn() {
        bench.passes(
                """
                local policy = test.load('config.lua')
                test.case('told', function()
                    policy:node('10.0.0.1', 'dead', 'Connection refused')
                    policy:node('10.0.0.1', 'dead', 'still dead')
                    policy:node('10.0.0.1', 'alive')
                    policy:node('10.0.0.3', 'dead')
                    test.equal(policy.printed, { '10.0.0.1:3306\\talive\\tdead\\tConnection refused',
                        '10.0.0.1:3306\\tdead\\talive\\talive' })
                    test.raises('Lua error in on_change: .*can not cope', policy.node, policy, '10.0.0.1', 'dead', 'fails')
                end)
                """);
    }

    @Test
    void mistakesSayWhatWouldBeRight() {
        assertThat(bench.failure("policy:node('10.0.0.7', 'dead')")).isEqualTo("policy_test.lua:3: no cluster of the "
                + "policy watches 10.0.0.7:3306; watched are 10.0.0.1:3306, 10.0.0.2:3306, /run/db.sock, 10.0.0.3:3306");
        assertThat(bench.failure("policy:node('10.0.0.9', 'dead')")).contains("watches 10.0.0.9:3306");
        assertThat(bench.failure("policy:node('10.0.0.1', 'deed')"))
                .contains("a check finds no state \"deed\"; did you mean \"dead\"?");
        assertThat(bench.failure("policy:node('10.0.0.1', 'unknown')")).contains("a check finds no state \"unknown\"");
        assertThat(bench.failure("policy:node('db1', 'dead')")).contains("Failed to resolve \"db1\":\"3306\"");
        assertThat(bench.failure("policy:node('10.0.0.1')")).contains("policy:node wants an address, a state");
    }
}
