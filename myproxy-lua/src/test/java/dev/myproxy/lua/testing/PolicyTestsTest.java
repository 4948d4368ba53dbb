package dev.myproxy.lua.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.script.LuaScriptEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class PolicyTestsTest {

    private static final String POLICY = """
                                         local logins = 0
                                         function reload() logins = 100 end
                                         mysql_listen('@unix', {
                                             on_connect = function(client)
                                                 if client.uid == 0 then return client:err('not you') end
                                             end,
                                             on_handshake_response = function(client, login)
                                                 if login.user == 'slow' then sleep(3600) end
                                                 if login.user == 'bad' then error('boom') end
                                                 if login.user == 'hangs' then coroutine.yield() end
                                                 if login.user == 'none' then return end
                                                 if login.user == 'nobody' then return client:err('who?') end
                                                 logins = logins + 1
                                                 client.account = login.user .. logins
                                                 return client:connect('10.0.0.1', {user = 'db_' .. login.user,
                                                     password = login.password, database = login.database})
                                             end,
                                             on_init_db = function(client, name)
                                                 if name == 'secret' then return client:err('No access') end
                                                 return client:init_db(client.account .. name)
                                             end,
                                         })
                                         mysql_listen('127.0.0.1:3307', {
                                             on_handshake_response = function(client, login)
                                                 return client:err(tostring(client.address) .. os.time())
                                             end,
                                         })
                                         """;

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;
    private TestBench bench;

    PolicyTestsTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void writePolicy() {
        bench = new TestBench(engine, directory).policy(POLICY);
    }

    @Test
    void aLoginRunsBothHandlersAndShowsTheDecision() {
        bench.passes("""
                     local policy = test.load('config.lua')
                     test.case('connects', function()
                         local client = policy:client{ uid = 7 }
                         test.equal(client.phase, 'accepted')
                         local decision = client:login{ user = 'joe', password = 'pw', database = 'shop' }
                         test.equal(decision, { action = 'connect', target = '10.0.0.1:3306', user = 'db_joe',
                             password = 'pw', database = 'shop', read_only = false, allow_cleartext = false })
                         test.equal(client.account, 'joe1')
                         test.equal(client.database, 'shop')
                         test.equal(client.phase, 'logged_in')
                         test.equal(client:command_phase(), { action = 'proceed' })
                         test.equal(client:init_db('x'), { action = 'init_db', database = 'joe1x' })
                         test.equal(client:init_db('secret'), { action = 'err', message = 'No access' })
                         test.equal(client.database, 'joe1x')
                         test.equal(client.phase, 'logged_in')
                     end)
                     test.case('refuses', function()
                         local client = policy:client{ uid = 0 }
                         test.equal(client:login{ user = 'joe' }, { action = 'err', message = 'not you' })
                         test.equal(client.phase, 'gone')
                         test.raises('on_init_db: the client is gone', function() client:init_db('x') end)
                     end)
                     """);
    }

    @Test
    void eachCaseGetsAPolicyThatNobodyHasUsed() {
        bench.passes("""
                     local policy = test.load('config.lua')
                     local function login()
                         local client = policy:client()
                         client:login{ user = 'joe' }
                         return client.account
                     end
                     test.case('first', function() test.equal(login(), 'joe1') test.equal(login(), 'joe2') end)
                     test.case('second', function() test.equal(login(), 'joe1') end)
                     test.case('own', function()
                         local mine = test.load('config.lua')
                         policy:reload()
                         test.equal(login(), 'joe101')
                         local client = mine:client()
                         client:login{ user = 'joe' }
                         test.equal(client.account, 'joe1')
                     end)
                     """);
    }

    @Test
    void clientsComeToTheListenerThatFits() {
        bench.passes("""
                     local policy = test.load('config.lua')
                     test.case('listeners', function()
                         test.equal(policy.listeners, { '@unix', '127.0.0.1:3307' })
                         test.equal(policy:client{ address = '192.0.2.9:77' }:login{}.message, '192.0.2.9:771767225600')
                         test.equal(policy:client{ listener = '127.0.0.1:3307' }:login{}.message,
                             '192.0.2.1:500001767225600')
                         test.raises('no listener has such clients; listeners: @unix, 127', function()
                             policy:client{ listener = '@other' }
                         end)
                         test.raises('either an address, or pid', function()
                             policy:client{ address = '192.0.2.9', uid = 1 }
                         end)
                         test.raises('unknown key "adress" in the facts of a client; did you mean "address"', function()
                             policy:client{ adress = '192.0.2.9' }
                         end)
                     end)
                     """);
    }

    @Test
    void clientsMayComeThroughABalancer() {
        bench.policy("""
                     local handlers = {
                         on_handshake_response = function(client, login)
                             return client:err(('%s %s %s %s'):format(client.address, client.proxy_address, client.uid,
                                 client.local_address))
                         end,
                     }
                     mysql_listen('127.0.0.1:3307', handlers)
                     mysql_listen('127.0.0.1:3308', handlers, {proxy_protocol = {trusted = {'10.0.0.0/8'}}})
                     mysql_listen('/balancer', handlers, {proxy_protocol = {trusted = {'unix'}}})
                     """);
        bench.passes("""
                     local policy = test.load('config.lua')
                     test.case('clients', function()
                         local client = policy:client{ address = '192.0.2.9:77', proxy_address = '10.0.0.1:5' }
                         test.equal(client:login{}.message, '192.0.2.9:77 10.0.0.1:5 nil 127.0.0.1:3308')
                         client = policy:client{ address = '192.0.2.9:77', proxy_address = '/balancer' }
                         test.equal(client:login{}.message, '192.0.2.9:77 /balancer nil /balancer')
                         client = policy:client{ address = '192.0.2.9:77' }
                         test.equal(client:login{}.message, '192.0.2.9:77 nil nil 127.0.0.1:3307')
                         client = policy:client{ proxy_address = '10.0.0.1', local_address = '198.51.100.7' }
                         test.equal(client:login{}.message, '192.0.2.1:50000 10.0.0.1:50000 nil 198.51.100.7:3306')
                         test.raises('no listener has such clients', function()
                             policy:client{ listener = '127.0.0.1:3307', proxy_address = '10.0.0.1:5' }
                         end)
                         test.raises('either an address, or pid', function()
                             policy:client{ proxy_address = '10.0.0.1', uid = 1 }
                         end)
                     end)
                     """);
    }

    @Test
    void clientsAreGreetedAsTheListenerSays() {
        bench.policy("""
                     local handlers = {on_handshake_response = print}
                     mysql_listen('@usual', handlers)
                     mysql_listen('@fixed', handlers, {server_version = '8.4.3'})
                     mysql_listen('@server', handlers, {server_version = 'server'})
                     """);
        bench.passes("""
                     local policy = test.load('config.lua')
                     test.case('versions', function()
                         test.equal(policy:client{ listener = '@usual' }.server_version, '5.7.30')
                         test.equal(policy:client{ listener = '@fixed' }.server_version, '8.4.3')
                         test.equal(policy:client{ listener = '@server' }.server_version, '5.7.30')
                     end)
                     """);
    }

    @Test
    void clientsMayUseTls() {
        bench.policy("""
                     mysql_listen('127.0.0.1:3307', {
                         on_handshake_response = function(client, login)
                             local tls = client.tls
                             if not tls then return client:err('plain') end
                             return client:err(('%s %s %s %s %s'):format(tls.version, tls.cipher, tls.server_name,
                                     tls.subject, tls.fingerprint))
                         end,
                     })
                     """);
        bench.passes("""
                     local policy = test.load('config.lua')
                     local function says(tls) return policy:client{ tls = tls }:login{}.message end
                     test.case('clients', function()
                         test.equal(says(nil), 'plain')
                         test.equal(says(true), 'TLSv1.3 TLS_AES_128_GCM_SHA256 nil nil nil')
                         test.equal(says{ version = 'TLSv1.2', cipher = 'X', server_name = 'db', subject = 'CN=a',
                             fingerprint = 'ff' }, 'TLSv1.2 X db CN=a ff')
                         test.matches(says{ subject = 'CN=a' }, 'CN=a 0+$')
                         test.raises('true or a table', function() policy:client{ tls = 'yes' } end)
                     end)
                     """);
    }

    @Test
    void statementsAndEndsOfSessionsReachTheirHandlers() {
        bench.policy("""
                     mysql_listen('@x', {
                         on_handshake_response = function(client, login)
                             if login.user == 'eve' then return client:err('no', 1045, '28000') end
                             client.account = login.user
                             return client:connect('10.0.0.1', login)
                         end,
                         on_query = function(client, sql)
                             if sql == 'DROP' then return client:err('never') end
                             if sql == 'OLD' then return client:query('NEW') end
                         end,
                         on_disconnect = function(client, cause, session)
                             log.info(cause, { account = client.account or '-', server = session.server,
                                 queries = session.queries, sent = session.sent_bytes })
                             if session.sent_bytes == 13 then error('unlucky') end
                         end,
                     }, { max_query_bytes = 1024 })
                     """).passes("""
                                 local policy = test.load('config.lua')
                                 test.case('queries', function()
                                     local client = policy:client{ uid = 1 }
                                     client:login{ user = 'joe' }
                                     test.equal(client:query('SELECT 1'), { action = 'proceed' })
                                     test.equal(client:query('DROP'), { action = 'err', message = 'never' })
                                     test.equal(client:query('OLD'), { action = 'query', sql = 'NEW' })
                                     test.raises('more than 1024 bytes', function() client:query(('x'):rep(1025)) end)
                                     client:disconnect('client_closed', { sent_bytes = 5 })
                                     test.equal(policy.log[1], { level = 'info', line = '[pid=4711 uid=1 "joe"] '
                                         .. 'client_closed account=joe queries=3 sent=5 server=10.0.0.1:3306' })
                                     test.equal(client.phase, 'gone')
                                     test.raises('gone', function() client:disconnect() end)
                                 end)
                                 test.case('refused', function()
                                     test.equal(policy:client():login{ user = 'eve' },
                                         { action = 'err', message = 'no', code = 1045, sqlstate = '28000' })
                                     policy:reload()
                                     test.matches(policy.log[1].line, 'script_refused account=%-')
                                     test.raises('unknown cause "client_quid"; did you mean "client_quit"', function()
                                         policy:client():disconnect('client_quid')
                                     end)
                                     test.raises('unlucky', function()
                                         policy:client():disconnect('shutdown', { sent_bytes = 13 })
                                     end)
                                 end)
                                 """);
    }

    @Test
    void databasesAnswerWhatTheTestSays() {
        bench.policy("""
                     local db = pg:new('dbname=policy')
                     local greeting = assert(db:execute('SELECT greeting')):fetch().greeting
                     db:listen('changed', function(payload)
                         if payload == 'bad' then error('oops') end
                         greeting = payload or 'missed'
                     end)
                     mysql_listen('@x', { on_handshake_response = function(client, login)
                         local result, message, state = db:execute([[SELECT a,
                             b FROM t WHERE x = $1]], { login.user, nil, true })
                         if not result then return client:err(message .. tostring(state)) end
                         local texts = {}
                         for row in result:rows('n') do
                             texts[#texts + 1] = tostring(row[1]) .. '/' .. tostring(row[2])
                         end
                         return client:err(greeting .. ' ' .. table.concat(texts, ',') .. ' '
                             .. tostring(result.cmd_tuples) .. ' ' .. table.concat(result.columns, ','))
                     end })
                     """)
                .passes("""
                        local policy = test.load('config.lua', { prepare = function(policy)
                            policy.db:answer('^SELECT greeting$', { { greeting = 'hello' } })
                        end })
                        local function login() return policy:client():login{ user = 'joe' }.message end

                        test.case('rows', function()
                            policy.db:answer('SELECT a, b FROM t WHERE x = %$1', { { a = 1.5, b = true }, { b = 'x' } })
                            test.equal(login(), 'hello 1.5/t,nil/x 2 a,b')
                            policy.db:answer('FROM t', { columns = { 'b', 'a' }, { 1, 2 }, { a = 3 }, count = 7 })
                            test.equal(login(), 'hello 1/2,nil/3 7 b,a')
                            policy.db:answer('FROM t', {})
                            test.equal(login(), 'hello  0 ')
                            test.equal(policy.db.queries[2].database, 'dbname=policy')
                            test.equal(policy.db.queries[2].params, { 'joe', nil, '1', n = 3 })
                        end)
                        test.case('functions and failures', function()
                            policy.db:answer('FROM t', function(sql, params)
                                test.matches(sql, 'FROM t')
                                return params[1] == 'joe' and { { a = params.n } }
                            end)
                            test.equal(login(), 'hello 3/nil 1 a')
                            policy.db:fail('FROM t', 'no table', '42P01')
                            test.equal(login(), 'no table42P01')
                            policy.db:fail('FROM t', 'down')
                            test.equal(login(), 'downnil')
                        end)
                        test.case('notifications', function()
                            policy.db:answer('FROM t', {})
                            policy:notify('changed', 'bye')
                            test.equal(login(), 'bye  0 ')
                            policy:notify('changed')
                            test.equal(login(), 'missed  0 ')
                            test.raises('config.lua:4: oops', function() policy:notify('changed', 'bad') end)
                            test.raises('does not listen to the channel other', function()
                                policy:notify('other', '')
                            end)
                        end)
                        test.case('mistakes', function()
                            test.raises('row 1 of an answer is a string', function()
                                policy.db:answer('x', { 'x' })
                            end)
                            test.raises('found the key "name"', function()
                                policy.db:answer('x', { name = 'x' })
                            end)
                            test.raises('names of their columns', function()
                                policy.db:answer('x', { { 'x' } })
                            end)
                            test.raises('the value of column "a" is a table', function()
                                policy.db:answer('x', { { a = {} } })
                            end)
                        end)
                        """);
    }

    @Test
    void whatTheTestDoesNotAnswerFailsItThoughThePolicyCopes() {
        bench.policy("""
                     local db = pg:new('')
                     mysql_listen('@x', { on_handshake_response = function(client)
                         local result, message = db:execute('SELECT\t1')
                         return client:err('try again')
                     end })
                     """);

        assertThat(bench.failure("policy:client():login{}")).isEqualTo("the test has no answer for this SQL; give one"
                + " with policy.db:answer(pattern, rows): SELECT 1");
        assertThat(bench.failure("policy.db:answer('SELECT', function() test.equal(1, 2) end) policy:client():login{}"))
                .isEqualTo("policy_test.lua:3: expected 2, got 1");
    }

    @Test
    void socketsReachWhomTheTestSays() {
        bench.policy("""
                     mysql_listen('@x', { on_handshake_response = function(client, login)
                         local peer, message = socket:connect('/run/peer', { type = 'dgram' })
                         if not peer then return client:err(message) end
                         assert(peer:send('hello ' .. login.user))
                         local reply, problem = peer:receive()
                         return client:err(tostring(reply) .. tostring(problem))
                     end })
                     """)
                .passes("""
                        local policy = test.load('config.lua')
                        local function login() return policy:client():login{ user = 'joe' }.message end
                        test.case('sockets', function()
                            test.equal(login(), 'niltimeout')
                            test.equal(policy.sent, { { address = '/run/peer', type = 'dgram', data = 'hello joe' } })
                            policy:peer('/run/peer', function(data) return data .. '!' end)
                            test.equal(login(), 'hello joe!nil')
                            policy:peer('/run/peer', false)
                            test.equal(login(), 'Connection refused')
                            policy:peer('/run/peer', false, 'No such file or directory')
                            test.equal(login(), 'No such file or directory')
                        end)
                        """);
    }

    @Test
    void waitingTakesNoTime() {
        bench.passes("""
                     local policy = test.load('config.lua')
                     test.case('sleeps', function()
                         local before = policy.clock.now()
                         policy:client():login{ user = 'slow' }
                         test.equal(policy.clock.now() - before, 3600)
                         policy.clock:advance(0.5)
                         test.equal(policy.clock.now() - before, 3600.5)
                         test.raises('forward only', function() policy.clock:advance(-1) end)
                     end)
                     """);
    }

    @Test
    void handlersThatFailFailTheTest() {
        assertThat(bench.failure("policy:client():login{ user = 'bad' }"))
                .startsWith("policy_test.lua:3: on_handshake_response failed: ").contains("config.lua:9: boom");
        assertThat(bench.failure("policy:client():login{ user = 'none' }"))
                .isEqualTo("policy_test.lua:3: on_handshake_response failed: Bad return value");
    }

    @Test
    void aHandlerThatNeverEndsIsNamed() {
        bench.with(TestSettings.DEFAULT.limiting(Duration.ofMillis(500)));

        assertThat(bench.failure("policy:client():login{ user = 'hangs' }"))
                .isEqualTo("did not end within 0.5 seconds; waiting for on_handshake_response");
    }

    @Test
    void handlersRunBesideEachOther() {
        bench.policy("""
                     local waiting
                     function reload() coroutine.resume(waiting) end
                     mysql_listen('@x', { on_handshake_response = function(client)
                         waiting = coroutine.running()
                         coroutine.yield()
                         return client:err('woken')
                     end })
                     """).passes("""
                                 local policy = test.load('config.lua')
                                 test.case('both', function()
                                     local decision
                                     test.together(
                                         function() decision = policy:client():login{} end,
                                         function() policy:reload() end)
                                     test.equal(decision.message, 'woken')
                                     test.raises('first', function() test.together(function() error('first') end) end)
                                 end)
                                 """);
    }

    @Test
    void errorsOfReloadFailTheTest() {
        bench.policy("function reload() error('no file') end mysql_listen('@x', {on_handshake_response = print})");

        assertThat(bench.failure("policy:reload()")).contains("policy_test.lua:3: ").contains("config.lua:1: no file");
    }

    @Test
    void skippedCasesSayWhy() {
        FileResult result = bench.run("test.case('later', function() test.skip('not yet') end)");

        assertThat(result.cases().getFirst().outcome()).isEqualTo(new CaseResult.Outcome.Skipped("not yet"));
    }

    @Test
    void onlyWhatIsSelectedRuns() {
        bench.with(TestSettings.DEFAULT.selecting(name -> name.contains("b")));

        FileResult result = bench.run("for _, n in ipairs{ 'a', 'b' } do test.case(n, function() print(n, 1) end) end");

        assertThat(result.cases()).extracting(CaseResult::name).containsExactly("b");
        assertThat(bench.printed()).containsExactly("b\t1");
    }

    @Test
    void whatComesBeforeRunsBeforeEachCase() {
        bench.passes("""
                     local n = 0
                     test.before(function() n = n + 1 end)
                     test.case('a', function() test.equal(n, 1) end)
                     test.case('b', function() test.equal(n, 2) end)
                     """);
    }

    @Test
    void filesThatCannotBeLoadedSayWhy() {
        assertThat(bench.error("x = = 1")).startsWith("policy_test.lua:1: unexpected symbol");
        assertThat(bench.error("error('oops')")).isEqualTo("policy_test.lua:1: oops");
        assertThat(bench.error("local x = 1")).isEqualTo("policy_test.lua: there is no test.case in this file");
        assertThat(bench.error("test.load('gone.lua')"))
                .isEqualTo("policy_test.lua:1: cannot open gone.lua: No such file or directory");
        assertThat(bench.run(directory.resolve("none.lua")).error().orElseThrow().message())
                .isEqualTo("cannot open " + directory + "/none.lua: No such file or directory");
        bench.policy("local x =");
        assertThat(bench.error("test.load('config.lua')")).startsWith("policy_test.lua:1: ").contains("config.lua:1:");
        bench.policy("local x = 1");
        assertThat(bench.error("test.load('config.lua')")).contains("config.lua: No listeners configured");
        bench.policy("os.exit(3)");
        assertThat(bench.error("test.load('config.lua')")).contains("config.lua called os.exit(3) while it was loaded");
    }

    @Test
    void namesAndAddressesAreWhatTheTestSays() {
        bench.policy("""
                     local first = mysql_resolve('db1')
                     mysql_listen('@x', { on_handshake_response = function(client, login)
                         local server, message = mysql_resolve(login.user)
                         return server and client:connect(server, login) or client:err(message)
                     end })
                     """).passes("""
                                 local policy = test.load('config.lua', {
                                     prepare = function(policy) policy:resolve('db1', '10.0.0.1') end })
                                 local function target(name)
                                     local decision = policy:client():login{ user = name }
                                     return decision.target or decision.message
                                 end
                                 test.case('resolves', function()
                                     policy:resolve('db2', '10.0.0.2')
                                     policy:resolve('db3', nil, 'no servers today')
                                     test.equal(target('db1:77'), '10.0.0.1:77')
                                     test.equal(target('db2'), '10.0.0.2:3306')
                                     test.equal(target('192.0.2.1'), '192.0.2.1:3306')
                                     test.equal(target('db3'), 'Failed to resolve "db3":"3306": no servers today')
                                     test.raises('policy:resolve', function() target('db4') end)
                                 end)
                                 """);
    }

    @Test
    void cgroupsAreWhatTheTestSays() {
        bench.policy("""
                     mysql_listen('@x', { on_handshake_response = function(client)
                         local group = client.cgroup
                         return client:err(group and group.path .. tostring(group.xattr.account)
                             .. group.parent.path .. tostring(group.parent.xattr['user.account']) or 'none')
                     end })
                     """).passes("""
                                 local policy = test.load('config.lua')
                                 test.case('cgroup', function()
                                     test.equal(policy:client():login{}.message, 'none')
                                     test.equal(policy:client{ cgroup = '/a/b', xattr = { account = 'joe' } }
                                         :login{}.message, '/a/bjoe/anil')
                                     test.equal(policy:client{ cgroup = '/a/b',
                                         xattr = { ['/a'] = { account = 'joe' } } }:login{}.message, '/a/bnil/ajoe')
                                     test.raises('a path such as', function() policy:client{ cgroup = 'x' } end)
                                 end)
                                 """);
    }

    @Test
    void theEnvironmentIsWhatTheTestSays() {
        bench.policy("""
                     local name = os.getenv('NAME') or 'nobody'
                     mysql_listen('@x', { on_handshake_response = function(client, login)
                         return client:err(name .. tostring(os.getenv('PATH')) .. os.date('!%Y-%m-%d'))
                     end })
                     """).passes("""
                                 local policy = test.load('config.lua', { env = { NAME = 'joe' } })
                                 test.case('env', function()
                                     test.equal(policy:client():login{}.message, 'joenil2026-01-01')
                                 end)
                                 """);
    }

    @Test
    void aReportCounts() {
        bench.file("one_test.lua", """
                                   test.case('a', function() end)
                                   test.case('b', function() test.fail('no') end)
                                   test.case('c', function() test.skip() end)
                                   """);
        TestReport report = new PolicyTests(engine, TestSettings.DEFAULT)
                .run(List.of(directory.resolve("one_test.lua"), directory.resolve("two_test.lua")), bench);

        assertThat(report.passed()).isEqualTo(1);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.skipped()).isEqualTo(1);
        assertThat(report.isGreen()).isFalse();
        assertThat(report.isComplete()).isFalse();
        assertThat(report.engine()).isEqualTo(engine.name());
    }
}
