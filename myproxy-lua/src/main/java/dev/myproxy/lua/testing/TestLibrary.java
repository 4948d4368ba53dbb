package dev.myproxy.lua.testing;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBody;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.Resource;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The global {@code test} of test files: Lua code among the resources, and what Java does for it. */
final class TestLibrary {

    private static final List<String> PARTS = List.of("assertions.lua", "outside.lua", "policies.lua", "cases.lua");

    private final TestScript script;

    TestLibrary(TestScript script) {
        this.script = script;
    }

    /** Sets {@code test}, {@code print}, {@code os.exit}. */
    void open(LuaState lua, TestListener listener) {
        LuaTable test = lua.newTable();
        LuaTable java = lua.newTable();
        set(java, "register", this::register);
        set(java, "skip", args -> {
            script.skip(args.string(1).utf8());
            return LuaReply.NOTHING;
        });
        set(java, "nearest", TestLibrary::nearest);
        set(java, "open", this::open);
        set(java, "together", this::together);
        set(java, "print", args -> {
            listener.printed(args.string(1));
            return LuaReply.NOTHING;
        });
        PARTS.forEach(part -> lua.run(source(part), "=[myproxy]", test, java));
        test.set(LuaValue.of("directory"), LuaValue.of(script.directory().toString()));
        lua.setGlobal("test", test);
        test.release();
        java.release();
    }

    private static void set(LuaTable table, String name, LuaBody body) {
        table.set(LuaValue.of(name), new LuaBuiltin(name, body));
    }

    static ByteString source(String resource) {
        return Resource.of(TestLibrary.class, resource);
    }

    private LuaReply register(LuaArgs args) {
        script.register(new TestCase(args.string(1).utf8(), (int) args.number(2), kept(args, 3)));
        return LuaReply.NOTHING;
    }

    private static LuaFunction kept(LuaArgs args, int number) {
        if (args.get(number) instanceof LuaFunction function) {
            function.keep();
            return function;
        }
        throw args.badType(number, "function");
    }

    /** {@code nearest(word, set)}: the end of a message about an unknown word. */
    private static LuaReply nearest(LuaArgs args) {
        List<String> known = args.table(2).entries().stream().map(LuaTable.Entry::key)
                .filter(LuaValue.Str.class::isInstance).map(key -> ((LuaValue.Str) key).bytes().utf8()).sorted()
                .toList();
        String hint = Nearest.hint(args.string(1).utf8(), known);
        return LuaReply.of(LuaValue.of(hint.isEmpty() ? " (known: " + String.join(", ", known) + ")" : hint));
    }

    /** {@code open(path, env, execute, resolve, network)} → policy. */
    private LuaReply open(LuaArgs args) {
        LuaFunction execute = kept(args, 3);
        LuaFunction resolve = kept(args, 4);
        LuaFunction network = kept(args, 5);
        Map<String, String> environment = args.table(2).entries().stream()
                .collect(Collectors.toMap(entry -> text(entry.key()), entry -> text(entry.value())));
        return LuaReply.of(script.open(args.string(1), new Hooks(environment, asked -> script.ask(execute, asked),
                asked -> script.ask(resolve, asked), asked -> script.ask(network, asked), script::complain)));
    }

    private static String text(LuaValue value) {
        return LuaNumbers.asString(value)
                .orElseThrow(() -> LuaError.plain("names and values of env are strings, got " + value.typeName()))
                .utf8();
    }

    /** {@code together(functions …)}: true when all have ended, or nil and the first error. */
    private LuaReply together(LuaArgs args) {
        List<LuaFunction> functions = new ArrayList<>();
        for (int i = 1; i <= args.count(); i++) {
            functions.add(kept(args, i));
        }
        return new LuaReply.Later(new Together(script).run(functions).map(LuaValue.list(LuaValue.of(true)))
                .otherwise(failure -> LuaValue.list(LuaValue.nil(), LuaValue.of(LuaError.of(failure).text()))),
                () -> {});
    }
}
