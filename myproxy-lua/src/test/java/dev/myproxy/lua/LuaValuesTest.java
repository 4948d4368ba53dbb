package dev.myproxy.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.lua.script.LuaScriptEngine;
import dev.myproxy.protocol.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How values pass between Java and every engine. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class LuaValuesTest {

    private final World world;

    LuaValuesTest(LuaScriptEngine engine) {
        world = new World(engine);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void everyByteSurvivesBothWays() {
        byte[] bytes = new byte[256 * 40];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        ByteString text = ByteString.copyOf(bytes);

        world.run("local s = ... for i = 0, 255 do assert(s:byte(i + 1) == i) end see(s, #s, s .. '\\255\\0')",
                LuaValue.of(text));

        assertThat(world.seen().get(0)).isEqualTo(LuaValue.of(text));
        assertThat(world.seen().get(1)).isEqualTo(LuaValue.of(bytes.length));
        assertThat(((LuaValue.Str) world.seen().get(2)).bytes().length()).isEqualTo(bytes.length + 2);
    }

    @Test
    void stringsOfEverySizeSurvive() {
        for (int size : new int[]{0, 1, 4095, 4096, 4097, 3_000_000}) {
            byte[] bytes = new byte[size];
            java.util.Arrays.fill(bytes, (byte) 0xc3);
            LuaValue value = LuaValue.of(ByteString.copyOf(bytes));

            world.run("local s = ... see(s)", value);

            assertThat(world.seen().getLast().equals(value)).as("%s bytes", size).isTrue();
        }
    }

    @Test
    void plainValuesSurvive() {
        List<LuaValue> values = List.of(LuaValue.nil(), LuaValue.of(true), LuaValue.of(false), LuaValue.of(0),
                LuaValue.of(-1.5), LuaValue.of(Math.pow(2, 53)), LuaValue.of(Double.POSITIVE_INFINITY),
                LuaValue.of(""), LuaValue.nil());

        world.run("see(...)", values.toArray(LuaValue[]::new));

        assertThat(world.seen()).isEqualTo(values);
    }

    @Test
    void aRecipeBecomesANewTableEachTime() {
        Map<LuaValue, LuaValue> inner = new LinkedHashMap<>();
        inner.put(LuaValue.of(1), LuaValue.of("one"));
        Map<LuaValue, LuaValue> outer = new LinkedHashMap<>();
        outer.put(LuaValue.of("inner"), new LuaValue.Fresh(inner));
        outer.put(LuaValue.of("gone"), LuaValue.nil());
        LuaValue recipe = new LuaValue.Fresh(outer);

        world.run("local a, b = ... see(tostring(a ~= b), a.inner[1], type(a.gone)) a.inner[1] = 2 see(b.inner[1])",
                recipe, recipe);

        assertThat(world.texts()).containsExactly("true", "one", "nil", "one");
    }

    @Test
    void aRecipeMayHaveASequenceAndAMetatable() {
        LuaTable metatable = world.state.newTable();
        metatable.set(LuaValue.of("__call"), new LuaBuiltin("call", args -> LuaReply.of(LuaValue.of("called"))));
        List<LuaValue> sequence = List.of(LuaValue.of("a"), LuaValue.nil(),
                new LuaValue.Fresh(List.of(LuaValue.of(7))));
        Map<LuaValue, LuaValue> entries = Map.of(LuaValue.of("x"), LuaValue.of("y"));

        world.run("local t = ... see(t[1], type(t[2]), t[3][1], #t[3], t.x, t(), type(getmetatable(t[3])))",
                new LuaValue.Fresh(sequence, entries, Optional.of(metatable)));

        assertThat(world.texts()).containsExactly("a", "nil", "7", "1", "y", "called", "nil");
        metatable.release();
    }

    @Test
    void metatablesAreSeenAndSetAsTheyAre() {
        List<Object> found = new ArrayList<>();
        world.define("look", args -> {
            LuaTable plain = args.table(1);
            LuaTable table = args.table(2);
            found.add(plain.metatable());
            found.add(table.metatable().equals(Optional.of(args.table(3))));
            plain.setMetatable(table.metatable().orElseThrow());
            return LuaReply.NOTHING;
        });

        world.run("""
                  local meta = {__index = {x = 'found'}, __metatable = 'hidden'}
                  local plain = {}
                  look(plain, setmetatable({}, meta), meta)
                  see(plain.x, getmetatable(plain))
                  """);

        assertThat(found).containsExactly(Optional.empty(), true);
        assertThat(world.texts()).containsExactly("found", "hidden");
    }

    @Test
    void tablesAreSeenAsTheyAre() {
        List<Object> found = new ArrayList<>();
        world.define("look", args -> {
            LuaTable table = args.table(1);
            found.add(table.length());
            found.add(table.get(LuaValue.of("x")));
            found.add(table.get(LuaValue.of("missing")));
            found.add(table.entries().size());
            found.add(table.get(LuaValue.of("self")).equals(table));
            table.set(LuaValue.of("y"), LuaValue.of("new"));
            table.set(LuaValue.of("x"), LuaValue.nil());
            return LuaReply.of(table);
        });

        world.run("""
                  local t = setmetatable({'a', 'b', x = 7}, {__index = function() error('metamethod') end})
                  t.self = t
                  local same = look(t)
                  see(tostring(same == t), t.y, type(rawget(t, 'x')))
                  """);

        assertThat(found).containsExactly(2, LuaValue.of(7), LuaValue.nil(), 4, true);
        assertThat(world.texts()).containsExactly("true", "new", "nil");
    }

    @Test
    void keptReferencesLiveOn() {
        LuaTable table = world.state.newTable();
        table.set(LuaValue.of("f"), LuaValue.of(5));
        world.define("table_of_mine", _ -> LuaReply.of(table));

        world.run("collectgarbage() collectgarbage() table_of_mine().g = table_of_mine().f + 1");

        assertThat(table.get(LuaValue.of("g"))).isEqualTo(LuaValue.of(6));
        table.release();
        assertThatThrownBy(() -> table.get(LuaValue.of("g"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keysThatLuaRefusesAreRefused() {
        LuaTable table = world.state.newTable();

        assertThatThrownBy(() -> table.set(LuaValue.nil(), LuaValue.of(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.set(LuaValue.of(Double.NaN), LuaValue.of(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void otherThingsComeBackAsTheSame() {
        world.define("echo", args -> LuaReply.of(args.get(1)));

        world.run("""
                  local co = coroutine.create(print)
                  for _, v in ipairs{print, function() end, co, io.stdout, {}} do
                      assert(echo(v) == v, type(v))
                  end
                  see(io.stdout, co, print)
                  """);

        assertThat(world.seen()).extracting(LuaValue::typeName).containsExactly("userdata", "thread", "function");
    }

    @Test
    void objectsKeepTheirIdentity() {
        Box box = new Box("here");
        Box other = new Box("there");
        world.define("box", _ -> LuaReply.of(box));

        world.run("""
                  local b, other = ...
                  assert(rawequal(b, box()) and b == box() and b ~= other)
                  local t = {[b] = 'found'}
                  collectgarbage()
                  see(t[box()], type(b), b, tostring(b), b.content, b:get('!'))
                  b.content = 'new'
                  see(b.content)
                  assert(type(getmetatable(b)) == 'string')
                  """, box, other);

        assertThat(world.texts()).containsExactly("found", "userdata", "userdata", "Box here", "here", "here!", "new");
        assertThat(world.seen().get(2)).isSameAs(box);
    }

    @Test
    void builtinsKeepTheirIdentity() {
        LuaBuiltin builtin = new LuaBuiltin("builtin", _ -> LuaReply.NOTHING);

        world.run("local a, b = ... assert(a == b and type(a) == 'function') see(select('#', a()))", builtin, builtin);

        assertThat(world.texts()).containsExactly("0");
    }

    @Test
    void equalityIsTheClasssBusiness() {
        world.run("local a, b, c = ... assert(not rawequal(a, b)) see(tostring(a == b), tostring(a == c))",
                new Box("x"), new Box("x"), new Box("y"));

        assertThat(world.texts()).containsExactly("true", "false");
    }

    @Test
    void objectsWithoutAttributesCantBeIndexed() {
        world.run("""
                  local o = ...
                  local ok, message = pcall(function() return o.x end) see(message)
                  ok, message = pcall(function() o.x = 1 end) see(message)
                  see(tostring(o):match('^userdata: 0x%x+$') and 'address' or tostring(o))
                  """, new Plain());

        assertThat(world.texts()).containsExactly("test.lua:2: attempt to index a userdata value",
                "test.lua:3: attempt to index a userdata value", "address");
    }

    @Test
    void methodsCheckTheirSelf() {
        world.run("""
                  local b = ...
                  local _, message = pcall(function() b.get(5, 'x') end) see(message)
                  _, message = pcall(function() b.get() end) see(message)
                  _, message = pcall(function() b:get({}) end) see(message)
                  """, new Box("x"));

        assertThat(world.texts()).containsExactly(
                "test.lua:2: bad argument #1 to 'get' (test.box expected, got number)",
                "test.lua:3: bad argument #1 to 'get' (test.box expected, got no value)",
                "test.lua:4: bad argument #1 to 'get' (string expected, got table)");
    }

    /** An object with everything. */
    private static final class Box extends LuaObject {
        private static final LuaClass<Box> CLASS = new LuaClass<>("test.box", Box.class)
                .method("get",
                        (self, args) -> LuaReply.of(LuaValue.of(self.content.utf8() + args.string(1).utf8())))
                .otherwise((self, _) -> LuaReply.of(LuaValue.of(self.content)))
                .otherwiseSet((self, key, value) -> self.content = LuaNumbers.asString(value).orElseThrow())
                .text(self -> ByteString.of("Box " + self.content.utf8()))
                .equality((a, b) -> a.content.equals(b.content));

        private ByteString content;

        Box(String content) {
            this.content = ByteString.of(content);
        }

        @Override
        public LuaClass<?> luaClass() {
            return CLASS;
        }
    }

    /** An object with nothing. */
    private static final class Plain extends LuaObject {
        private static final LuaClass<Plain> CLASS = new LuaClass<>("test.plain", Plain.class);

        @Override
        public LuaClass<?> luaClass() {
            return CLASS;
        }
    }
}
