package dev.myproxy.lua.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InspectionTest {

    private static List<String> inspect(String source) {
        return Inspection.of(List.of(new LuaSource("x.lua", ByteString.of(source))), Set.of("from_a_module")).stream()
                .map(Finding::toString).toList();
    }

    private static String handler(String body) {
        return "mysql_listen('@x', {on_handshake_response = function(client, login) " + body + " end})";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                                                                  mysql_liten('@x', {})                      ~ nothing sets the global "mysql_liten"; did you mean "mysql_listen"?
                                                                  local x = jsn.parse('1')                   ~ nothing sets the global "jsn"; did you mean "json"?
                                                                  local x = jsn                              ~ warning: nothing sets the global "jsn"; did you mean "json"?
                                                                  if ngx then ngx.log() end                  ~ warning: nothing sets the global "ngx"; did you mean "next"?
                                                                  y = y + qqq                                ~ warning: nothing sets the global "qqq"
                                                                  local function f() return undefined_thing() end ~ nothing sets the global "undefined_thing"
                                                                  string.splt('x')                           ~ string has no function "splt"
                                                                  local u = table.unpack                     ~ warning: table has no function "unpack"
                                                                  json.pars('1')                             ~ json has no function "pars"; did you mean "parse"?
                                                                  local j = json j.pars('1')                 ~ json has no function "pars"; did you mean "parse"?
                                                                  local p = json.pars                        ~ warning: json has no function "pars"; did you mean "parse"?
                                                                  json:parse('1')                            ~ call it as json.parse(…), with a dot
                                                                  cache.new({size = 1})                      ~ call it as cache:new(…), with a colon
                                                                  local c = cache:new{sise = 1}              ~ cache:new knows no key "sise"; did you mean "size"?
                                                                  local o = {sise = 1} local c = cache:new(o) ~ cache:new knows no key "sise"; did you mean "size"?
                                                                  local c = cache:new{} c:fetsh('x')         ~ myproxy.cache has no attribute or method "fetsh"; did you mean "fetch"?
                                                                  c = cache:new{} function f() c:fetsh() end ~ myproxy.cache has no attribute or method "fetsh"; did you mean "fetch"?
                                                                  local m = mysql_cluster({}, {monitring = true}) ~ mysql_cluster knows no key "monitring"; did you mean "monitoring"?
                                                                  local n = mysql_cluster({}) n:nods()       ~ myproxy.cluster has no attribute or method "nods"; did you mean "nodes"?
                                                                  local s = mysql_cluster({}):state()        ~ cluster:state needs 1 argument, not 0
                                                                  mysql_resolve()                            ~ mysql_resolve needs 1 argument, not 0
                                                                  mysql_resolve('a', 'b')                    ~ mysql_resolve takes 1 argument, not 2
                                                                  """)
    void findsMistakesAnywhere(String source, String message) {
        assertThat(inspect(source)).contains("x.lua:1: " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                                                                  return client:err(client.acount)           ~ myproxy.client has no attribute or method "acount"; did you mean "account"?
                                                                  return client:err(client['acount'])        ~ myproxy.client has no attribute or method "acount"; did you mean "account"?
                                                                  client.acount = 'x' return client:err('x') ~ myproxy.client has no attribute or method "acount"; did you mean "account"?
                                                                  client.pid = 5 return client:err('x')      ~ the attribute "pid" of myproxy.client can only be read
                                                                  return client:conect('/x', login)          ~ myproxy.client has no attribute or method "conect"; did you mean "connect"?
                                                                  return client.err('x')                     ~ call it as client:err(…), with a colon
                                                                  return client:connect('/x', {pasword = 1}) ~ client:connect knows no key "pasword"; did you mean "password"?
                                                                  return client:connect('/x', {['usr'] = 1}) ~ client:connect knows no key "usr"; did you mean "user"?
                                                                  return client:connect('/x', login, {readonly = true}) ~ client:connect knows no key "readonly"; did you mean "read_only"?
                                                                  return client:connect('/x')                ~ client:connect needs 2 arguments, not 1
                                                                  client:err('x') return client:connect('/x', login) ~ what client:err(…) gives is not returned, so that nothing happens
                                                                  if login.user == '' then client:err('x') end return client:err('y') ~ what client:err(…) gives is not returned, so that nothing happens
                                                                  return client:init_db('x')                 ~ on_handshake_response may not return what client:init_db(…) gives
                                                                  mysql_listen('@y', {}) return client:err('x') ~ mysql_listen can be called only while the configuration loads
                                                                  if login.user == '' then return client:err('x') end ~ warning: on_handshake_response can end here without returning client:connect(…) or client:err(…), which fails
                                                                  if login.user == '' then return end return client:err('x') ~ warning: on_handshake_response can end here without returning client:connect(…) or client:err(…), which fails
                                                                  while true do if login.user then break end end ~ warning: on_handshake_response can end here without returning client:connect(…) or client:err(…), which fails
                                                                  local c = client c.acount = 1 return c:err('x') ~ myproxy.client has no attribute or method "acount"; did you mean "account"?
                                                                  return client:err(client.cgroup.paht)      ~ cgroup_info has no attribute or method "paht"; did you mean "path"?
                                                                  """)
    void findsMistakesInHandlers(String body, String message) {
        assertThat(inspect(handler(body))).containsExactly("x.lua:1: " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                                                                  function h.on_connect(client) return client.foo end
                                                                  h.on_connect = function(c) return c.foo end
                                                                  h['on_connect'] = function(c) return c.foo end
                                                                  local function f(c) return c.foo end h.on_connect = f
                                                                  function f(c) return c.foo end mysql_listen('x', {on_connect = f})
                                                                  local t = {on_connect = function(c) return c.foo end} mysql_listen('x', t)
                                                                  local function g(c) return c.foo end function h.on_connect(c) return g(c) end
                                                                  local function g(c) return c.foo end local function f(c) return g(c) end function h.on_connect(c) return f(c) end
                                                                  """)
    void knowsClientsWhereverHandlersAreDefined(String source) {
        assertThat(inspect("local h = {} " + source))
                .containsExactly("x.lua:1: myproxy.client has no attribute or method \"foo\"");
    }

    static Stream<String> correct() {
        return Stream.of("counter = (counter or 0) + 1 print(counter)", "from_a_module.f()", "_G.x = 1 print(x)",
                "function string.trim(s) return s end print(string.trim('x'))", "json.mine = 5 print(json.mine)",
                "function reload() end populate_io_buffers = true",
                "local t = {} t.on_error = function(c) return c.foo end",
                "print(env.HOME, env.names())", "local json = {} json.pars()", "local s = ('x'):upper() print(s)",
                "local c = cache:new{} c = {} c.foo()", "local function f(c) return c.foo end f({})",
                "goto done do print(1) end ::done::", "print(0x10, 1e3, '\\x41\\z   b', [==[x]==])",
                "jsn.parse('x') -- myproxy: ignore", "#!/usr/bin/lua\nprint(1)", "for i = 1, 2 do print(i) end",
                "repeat local ok = true until ok", "print(unknown_thing) --myproxy:ignore",
                handler("error('no')"), handler("while true do sleep(1) end"), handler("do return client:err('x') end"),
                handler("if login.user then return client:err('x') else error('x') end"),
                handler("local action = client:err('x') return action"),
                handler("login.extra = 1 return client:connect('/x', login)"),
                handler("client.account = 'x' client.notes.x = client.pid return client:err(client.account)"),
                handler("client = {} return client.foo"),
                handler("local function f() return 5 end return client:err(f())"),
                handler("if client.uid == 0 then os.exit(1) end return client.connect(client, '/x', login)"),
                handler("return client:connect(unpack({'/x', login}))"),
                "mysql_listen('@x', {on_connect = function(client) if client.uid == 0 then return client:err('x') end end,"
                        + " on_handshake_response = function(client) return client:err('x', 1045, '28000') end,"
                        + " on_query = function(client, sql) if sql == '' then return client:query('x') end end})");
    }

    @ParameterizedTest
    @MethodSource("correct")
    void leavesAloneWhatIsRight(String source) {
        assertThat(inspect(source)).isEmpty();
    }

    @Test
    void knowsWhatOtherFilesSet() {
        List<LuaSource> sources = List.of(new LuaSource("a.lua", ByteString.of("shared = 1")),
                new LuaSource("b.lua", ByteString.of("print(shared,\n shard)")));

        assertThat(Inspection.of(sources, Set.of())).containsExactly(
                Finding.warning("b.lua", 2, "nothing sets the global \"shard\"; did you mean \"shared\"?"));
    }

    @Test
    void saysWhatItCannotRead() {
        assertThat(inspect("local x = 1LL")).singleElement().asString()
                .startsWith("x.lua: warning: not inspected, only run, because it is not plain Lua 5.1: ");
    }

    @Test
    void tellsLinesAndSortsByThem() {
        assertThat(inspect("""
                           b_thing()
                           local t = {
                               a = a_thing(),
                           }
                           print(1,
                               c_thing(
                                   d_thing(),
                                   2))
                           json
                               .pars(t)
                           """)).containsExactly("x.lua:1: nothing sets the global \"b_thing\"",
                "x.lua:3: nothing sets the global \"a_thing\"", "x.lua:6: nothing sets the global \"c_thing\"",
                "x.lua:7: nothing sets the global \"d_thing\"",
                "x.lua:10: json has no function \"pars\"; did you mean \"parse\"?");
    }

    static Stream<Path> shipped() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("../conf"))) {
            return files.filter(file -> file.toString().endsWith(".lua") && !file.toString().contains("library"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void findsNothingInWhatIsShipped(Path file) throws Exception {
        assertThat(Inspection.of(List.of(new LuaSource(file.toString(), ByteString.copyOf(Files.readAllBytes(file)))),
                file.toString().endsWith("_test.lua") ? Set.of("test") : Set.of())).isEmpty();
    }
}
