package dev.myproxy.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.lua.script.LuaScriptEngine;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How errors pass between Java and every engine; and that none of them gets out. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class LuaErrorsTest {

    private final World world;

    LuaErrorsTest(LuaScriptEngine engine) {
        world = new World(engine);
        world.define("positioned", _ -> {
            throw LuaError.positioned("text");
        });
        world.define("plain", _ -> {
            throw LuaError.plain(ByteString.copyOf(new byte[]{'b', 'a', 'd', (byte) 0xff, 0}));
        });
        world.define("broken", _ -> {
            throw new IllegalStateException("not a Lua error");
        });
        world.define("argument", args -> LuaReply.of(LuaValue.of(args.string(1)), LuaValue.of(args.number(2))));
        world.define("failed", _ -> new LuaReply.Later(Future.failedFuture("no luck"), () -> {}));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void positionedErrorsNameTheCaller() {
        world.run("""
                  local ok, m = pcall(function()
                      positioned() return 1
                  end)
                  see(m)
                  local ok, m = pcall(positioned) see(m)
                  """);

        assertThat(world.texts()).containsExactly("test.lua:2: text", "text");
    }

    @Test
    void plainErrorsKeepTheirBytes() {
        world.run("local ok, m = pcall(function() plain() return 1 end) see(#m, m:byte(4), m:byte(5), m:sub(1, 3))");

        assertThat(world.texts()).containsExactly("5", "255", "0", "bad");
    }

    @Test
    void javaExceptionsBecomeLuaErrors() {
        world.run("local ok, m = pcall(broken) see(m)");

        assertThat(world.texts().getFirst()).contains("not a Lua error");
    }

    @Test
    void failuresOfWhatIsAwaitedBecomeLuaErrors() {
        world.run("keep('f', function() local ok, m = pcall(failed) return m end)");

        assertThat(world.call("f").results()).containsExactly("no luck");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            argument()           | bad argument #1 to 'argument' (string expected, got no value)
                                            argument(nil, 1)     | bad argument #1 to 'argument' (string expected, got nil)
                                            argument({}, 1)      | bad argument #1 to 'argument' (string expected, got table)
                                            argument('x')        | bad argument #2 to 'argument' (number expected, got no value)
                                            argument('x', 'y')   | bad argument #2 to 'argument' (number expected, got string)
                                            argument('x', print) | bad argument #2 to 'argument' (number expected, got function)
                                            argument(true, 1)    | bad argument #1 to 'argument' (string expected, got boolean)
                                            """)
    void argumentsAreChecked(String call, String text) {
        world.run("local ok, m = pcall(function() local x = " + call + " end) see(m)");

        assertThat(world.texts()).containsExactly("test.lua:1: " + text);
    }

    @Test
    void numbersAndStringsStandInForEachOther() {
        world.run("see(argument(1.5, ' 0x10 ')) see(argument(1e15, '-.5e1')) see(argument(2^53, 7))");

        assertThat(world.texts()).containsExactly("1.5", "16", "1e+15", "-5", "9.007199254741e+15", "7");
    }

    @Test
    void errorsOfAChunkAreThrown() {
        assertThatThrownBy(() -> world.run("\n\nerror('boom')")).isInstanceOf(LuaError.class)
                .hasMessage("test.lua:3: boom");
        assertThatThrownBy(() -> world.run("x = = 1")).isInstanceOf(LuaError.class)
                .hasMessageStartingWith("test.lua:1:");
        assertThatThrownBy(() -> world.run("error({})")).isInstanceOf(LuaError.class).hasMessage("table");
        assertThatThrownBy(() -> world.run("error()")).isInstanceOf(LuaError.class).hasMessage("nil");
        assertThatThrownBy(() -> world.run("error(5, 0)")).isInstanceOf(LuaError.class).hasMessage("5");
        assertThatThrownBy(() -> world.run("undefined.x = 1")).isInstanceOf(LuaError.class)
                .hasMessageContaining("test.lua:1: attempt to index").hasMessageContaining("undefined");
    }

    @Test
    void errorBytesOfAChunkAreKept() {
        assertThatThrownBy(() -> world.run("error('\\255\\0x', 0)")).isInstanceOfSatisfying(LuaError.class,
                e -> assertThat(e.text().toByteArray())
                        .isEqualTo("\u00ff\0x".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void aFirstLineForTheShellIsSkipped() {
        assertThatThrownBy(() -> world.run("#!/usr/bin/lua\nerror('boom')")).hasMessage("test.lua:2: boom");
    }

    @Test
    void failedTasksTellMessageAndStack() {
        world.run("keep('f', function() local function inner() error('boom') end inner() return 1 end)");

        World.Run run = world.call("f");

        assertThat(run.error()).isEqualTo("test.lua:1: boom");
        assertThat(run.traceback()).contains("test.lua:1");
    }

    @ParameterizedTest
    @CsvSource({"error({}),table", "error(),nil", "error(true),boolean", "error(5; 0),5", "error(print),function",
            "error(setmetatable({}{__tostring=print})),table", "error('x'; 0),x"})
    void errorValuesThatAreNoTextAreCalledByTheirType(String code, String message) {
        world.run("keep('f', function() " + code.replace("{}{", "{},{").replace(';', ',') + " end)");

        assertThat(world.call("f").error()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            endless recursion     | local function f() return 1 + f() end f()
                                            endless sort          | local function f() table.sort({1, 2, 3}, f) end f()
                                            endless gsub          | local function f() string.gsub('a', 'a', f) end f()
                                            endless coroutines    | local function f() return (coroutine.wrap(f)()) end f()
                                            endless index         | local t = {} t = setmetatable(t, {__index = function(t, k) return t[k] .. '' end}) f = t.x
                                            error in the handler  | local ok, m = xpcall(error, function() error('again') end) error(tostring(m))
                                            deep pattern          | string.find(('a'):rep(300000), ('(.-)'):rep(40) .. 'b')
                                            """)
    void nothingThatAScriptDoesEndsTheProcess(String what, String code) {
        world.run("keep('f', function() " + code + " end) keep('g', function() return 'alive' end)");

        world.call("f").error();

        assertThat(world.call("g").results()).as(what).containsExactly("alive");
    }

    @Test
    void strictGlobalsDoNotMindUs() {
        world.run("""
                  setmetatable(_G, {__newindex = function(_, k) error('undeclared ' .. k, 2) end,
                                    __index = function(_, k) error('undefined ' .. k, 2) end})
                  see(argument('x', 1))
                  keep('f', function() return (argument('y', 2)) end)
                  """);

        assertThat(world.call("f").results()).containsExactly("y");
    }

    @Test
    void javaIsOutOfReach() {
        world.run("see(type(java), type(luajava), tostring(pcall(require, 'java')))");

        assertThat(world.texts()).containsExactly("nil", "nil", "false");
    }
}
