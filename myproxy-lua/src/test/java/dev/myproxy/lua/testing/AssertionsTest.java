package dev.myproxy.lua.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.script.LuaScriptEngine;
import dev.myproxy.lua.testing.CaseResult.Outcome.Failed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class AssertionsTest {

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;

    AssertionsTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    private TestBench bench() {
        return new TestBench(engine, directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"equal(1, 1)", "equal({ a = { 1, 2 } }, { a = { 1, 2 } })", "equal(0/0, 0/0)",
            "equal(nil, nil)", "includes({ a = 1, b = { c = 2, d = 3 } }, { b = { c = 2 } })", "differs(1, 2)",
            "differs({ 1 }, { 2 })", "is_true(true)", "is_false(false)", "is_nil(nil)", "matches('abc', '^a.c$')",
            "contains('a.c', '.')", "raises('boom', function() error('boom') end)",
            "raises('x1', function(a) error('x' .. a) end, 1)",
            "equal(select(2, pcall(test.fail, 'why')):match('why'), 'why')"})
    void holds(String assertion) {
        bench().passes("test.case('it', function() test." + assertion + " end)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            equal(1, 2)                        | expected 2, got 1
                                            equal(1, '1')                      | expected "1", got 1
                                            equal('a', nil, 'the name')        | the name\\nexpected nil, got "a"
                                            equal({ a = 1 }, { a = 2 })        | 1 difference\\n  .a: expected 2, got 1
                                            equal({ 1 }, {})                   | 1 difference\\n  [1]: expected nil, got 1
                                            equal({}, { ['a b'] = { 1 } })     | 1 difference\\n  ["a b"]: expected { 1 }, got nil
                                            includes({ a = 1 }, { b = 1 })     | 1 difference\\n  .b: expected 1, got nil
                                            includes({ a = 1 }, 1)             | test.includes wants a table as its second argument, got number
                                            differs({ 1 }, { 1 })              | did not expect { 1 }
                                            is_true(1)                         | expected true, got 1
                                            is_false(nil, 'x')                 | x: expected false, got nil
                                            is_nil({ b = true, 'x' })          | expected nil, got { "x", b = true }
                                            matches('abc', '^b')               | expected something that matches "^b", got "abc"
                                            matches(nil, 'b')                  | expected something that matches "b", got nil
                                            contains('abc', '.')               | expected something that contains ".", got "abc"
                                            raises('x', function() end)        | expected an error that matches "x", but there was none
                                            raises('x', function() error('y', 0) end) | expected an error that matches "x", got "y"
                                            fail()                             | failed
                                            fail('why')                        | why
                                            """)
    void tellsWhatItFound(String assertion, String message) {
        FileResult result = bench().run("test.case('it', function()\n\ntest." + assertion + "\nend)");

        assertThat(((Failed) result.cases().getFirst().outcome()).message().replace(directory + "/", ""))
                .isEqualTo("policy_test.lua:3: " + message.replace("\\n", "\n"));
    }

    @Test
    void whatIsNestedDeepOrContainsItselfIsShownInPart() {
        bench().passes("""
                       test.case('display', function()
                           local t = { 1 }
                           t.me = t
                           test.equal(test.display(t), '{ 1, me = (itself) }')
                           test.equal(test.display({{{{{{{}}}}}}}), '{ { { { { { {…} } } } } } }')
                           local u = { 1 }
                           u.me = u
                           test.equal(t, u)
                           test.equal(test.display('a\\n"\\0\\\\'), '"a\\\\n\\\\"\\\\000\\\\\\\\"')
                       end)
                       """);
    }

    @Test
    void ofManyDifferencesTheFirstAreShown() {
        FileResult result = bench().run("""
                                        test.case('it', function()
                                            local t = {}
                                            for i = 1, 20 do t[i] = i end
                                            test.equal(t, {})
                                        end)
                                        """);

        assertThat(((Failed) result.cases().getFirst().outcome()).message()).contains("20 differences\n  [1]: ")
                .contains("\n  [8]: ").doesNotContain("[9]").endsWith("\n  …");
    }

    @Test
    void theLineIsThatOfTheAssertionAndTheTracebackTellsWhoCalledIt() {
        FileResult result = bench().run("""
                                        local function check(x)
                                            test.equal(x, 1)
                                        end
                                        test.case('it', function()
                                            check(2)
                                        end)
                                        """);

        Failed failed = (Failed) result.cases().getFirst().outcome();
        assertThat(result.cases().getFirst().line()).isEqualTo(4);
        assertThat(failed.message()).contains("policy_test.lua:2: expected 1, got 2");
        assertThat(failed.traceback()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(failed.traceback().get(0)).contains("policy_test.lua:2:");
        assertThat(failed.traceback().get(1)).contains("policy_test.lua:5:");
    }
}
