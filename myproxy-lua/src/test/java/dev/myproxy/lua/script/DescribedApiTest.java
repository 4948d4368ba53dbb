package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaSetup;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.api.Api;
import dev.myproxy.lua.api.ApiClass;
import dev.myproxy.lua.api.ApiField;
import dev.myproxy.lua.api.ApiFunction;
import dev.myproxy.lua.api.ApiVariable;
import dev.myproxy.lua.api.StandardLibrary;
import dev.myproxy.lua.lib.OptionSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The annotation files say what the engines really register, no more and no less. */
class DescribedApiTest {

    /** Prints each global as {@code name:type}, and each field of a table of ours as {@code table.name:type}. */
    private static final String CONFIGURATION = """
                                                local function show(when)
                                                    local lines = {}
                                                    for name, value in pairs(_G) do
                                                        lines[#lines + 1] = name .. ':' .. type(value)
                                                        if type(value) == 'table' and value ~= _G then
                                                            for field, inner in pairs(value) do
                                                                lines[#lines + 1] = name .. '.' .. tostring(field) .. ':' .. type(inner)
                                                            end
                                                        end
                                                    end
                                                    print(when .. '\\n' .. table.concat(lines, '\\n'))
                                                end
                                                show('loading')
                                                mysql_listen('@x', {on_handshake_response = function() show('running') end})
                                                """;

    /** Classes of objects that are tables, made by Lua code of ours. */
    private static final Set<String> WRITTEN_IN_LUA = Set.of();

    private static final Api API = Api.installed();

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("dev.myproxy.lua.Engines#available")
    void globalsAndTheirFields(LuaScriptEngine engine) throws Exception {
        try (RunningScript script = RunningScript.load(engine, RunningScript.write(directory, CONFIGURATION))) {
            assertThat(ours(script.host.printedTexts().getFirst())).isEqualTo(described(true));

            script.login(script.tcpClient(), "u", "p");

            Awaitility.await().untilAsserted(() -> assertThat(script.host.printed).hasSize(2));
            assertThat(ours(script.host.printedTexts().getLast())).isEqualTo(described(false));
        }
    }

    private static Set<String> ours(String printed) {
        return printed.lines().skip(1).filter(line -> !StandardLibrary.has(line.replaceFirst("[.:].*", "")))
                // where any key will do there is nothing to compare
                .filter(line -> API.classNamed(line.replaceFirst("[.:].*", "")).filter(ApiClass::isOpen).isEmpty()
                        || !line.contains("."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> described(boolean loading) throws Exception {
        Set<String> objects = classNames();
        Set<String> lines = new TreeSet<>();
        API.functions().filter(function -> loading || !function.traits().loading()).map(ApiFunction::name)
                .filter(name -> !StandardLibrary.has(name)).forEach(name -> lines.add(name + ":function"));
        API.variables().filter(variable -> !variable.traits().provided() && !StandardLibrary.has(variable.name()))
                .filter(variable -> loading || !variable.traits().loading()).forEach(variable -> {
                    // some globals are objects: those are compared as such
                    Optional<ApiClass> table = API.classNamed(variable.type()).filter(ApiClass::isGlobal)
                            .filter(c -> !objects.contains(c.name()));
                    lines.add(variable.name() + ":"
                            + (table.isPresent() || variable.type().startsWith("table") ? "table" : "userdata"));
                    table.ifPresent(c -> fields(c, lines));
                });
        return lines;
    }

    private static Set<String> classNames() throws Exception {
        Set<String> names = new TreeSet<>();
        for (LuaClass<?> luaClass : constants(LuaClass.class).toList()) {
            names.add(luaClass.name());
        }
        return names;
    }

    private static void fields(ApiClass c, Set<String> lines) {
        c.methods().forEach(method -> lines.add(c.name() + "." + method.name() + ":function"));
        c.fields().stream().filter(field -> !field.name().startsWith("["))
                .forEach(field -> lines.add(c.name() + "." + field.name() + ":" + luaType(field)));
    }

    private static String luaType(ApiField field) {
        return switch (field.type()) {
            case "string", "number", "boolean", "table", "function" -> field.type();
            case "integer" -> "number";
            default -> field.type().startsWith("fun(") ? "function" : "userdata";
        };
    }

    @ParameterizedTest
    @MethodSource("dev.myproxy.lua.Engines#available")
    void functionsThatNeedAColonSaySo(LuaScriptEngine engine) throws Exception {
        List<String> methods = API.variables()
                .flatMap(variable -> API.classNamed(variable.type()).filter(ApiClass::isGlobal).stream())
                .flatMap(c -> c.methods().stream()).filter(ApiFunction::method)
                .map(method -> method.owner() + "." + method.name()).toList();
        String calls = methods.stream().map(name -> "print('" + name + "', pcall(" + name + "))\n")
                .collect(Collectors.joining());
        try (RunningScript script = RunningScript.load(engine, RunningScript.write(directory,
                calls + "mysql_listen('@x', {on_handshake_response = function() end})"))) {
            assertThat(script.host.printedTexts()).hasSameSizeAs(methods)
                    .allSatisfy(line -> assertThat(line).contains("\tfalse\t"));
        }
    }

    @Test
    void objectsAndTheirMembers() throws Exception {
        Map<String, Set<String>> registered = new TreeMap<>();
        Map<String, Set<String>> writable = new TreeMap<>();
        for (LuaClass<?> luaClass : constants(LuaClass.class).toList()) {
            registered.put(luaClass.name(), luaClass.names());
            writable.put(luaClass.name(), luaClass.writableNames());
        }
        Map<String, Set<String>> described = new TreeMap<>();
        API.classes().filter(c -> c.kind() == ApiClass.Kind.OBJECT || registered.containsKey(c.name()))
                .filter(c -> !WRITTEN_IN_LUA.contains(c.name()))
                .forEach(c -> described.put(c.name(), names(c)));

        assertThat(described).isEqualTo(registered);
        assertThat(writable).allSatisfy((name, attributes) -> assertThat(attributes).as(name).isEqualTo(API
                .classNamed(name).orElseThrow().fields().stream().filter(ApiField::isWritable).map(ApiField::name)
                .collect(Collectors.toCollection(TreeSet::new))));
    }

    private static Set<String> names(ApiClass c) {
        Stream<String> inherited = c.parent().flatMap(API::classNamed).map(DescribedApiTest::names).stream()
                .flatMap(Set::stream);
        return Stream.concat(inherited, c.names().filter(name -> !name.startsWith("[")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void optionTablesAndTheirKeys() throws Exception {
        List<OptionSet> sets = constants(OptionSet.class).toList();

        assertThat(sets).isNotEmpty().allSatisfy(options -> assertThat(API.classNamed(options.name()))
                .as("class %s", options.name()).map(DescribedApiTest::names).contains(options.names()));
    }

    @Test
    void nothingIsDescribedTwiceAsGlobalAndStandard() {
        assertThat(API.variables().map(ApiVariable::name)).doesNotHaveDuplicates();
        assertThat(API.functions().filter(f -> !StandardLibrary.has(f.name())).map(ApiFunction::name))
                .doesNotContainAnyElementsOf(StandardLibrary.globals());
    }

    @ParameterizedTest
    @MethodSource("dev.myproxy.lua.Engines#available")
    void theStandardLibrariesAreThoseOfTheEngines(LuaScriptEngine engine) {
        Set<String> names = standardNames(engine);

        assertThat(names).isSubsetOf(listedNames());
    }

    @Test
    void noStandardNameIsUnknownToAllEngines() {
        Set<String> known = dev.myproxy.lua.Engines.available().flatMap(engine -> standardNames(engine).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listedNames()).isSubsetOf(known);
    }

    private static Set<String> standardNames(LuaScriptEngine engine) {
        Set<String> names = new TreeSet<>();
        try (LuaState state = engine.open(new LuaSetup(Runnable::run, LuaSetup.DEFAULT_LIMIT))) {
            state.setGlobal("see", new dev.myproxy.lua.LuaBuiltin("see", args -> {
                names.add(args.string(1).utf8());
                return dev.myproxy.lua.LuaReply.NOTHING;
            }));
            state.run(dev.myproxy.protocol.ByteString
                    .of("""
                        for name, value in pairs(_G) do
                            if name ~= 'see' then see(name) end
                            if type(value) == 'table' and value ~= _G and name ~= 'package' and name ~= 'jit' then
                                for field in pairs(value) do see(name .. '.' .. field) end
                            end
                        end
                        """), "@names.lua");
        }
        return names;
    }

    private static Set<String> listedNames() {
        Set<String> names = new TreeSet<>(StandardLibrary.globals());
        StandardLibrary.globals().forEach(global -> StandardLibrary.fields(global)
                .ifPresent(fields -> fields.forEach(field -> names.add(global + "." + field))));
        return names;
    }

    /** The values of all static fields of a type in the classes of this module. */
    private static <T> Stream<T> constants(Class<T> type) throws Exception {
        List<T> found = new ArrayList<>();
        // configurations never see the objects of unit tests for policies, whose manual is testing-policies.md
        for (Class<?> c : ModuleClasses.all().stream()
                .filter(c -> !c.getPackageName().equals("dev.myproxy.lua.testing")).toList()) {
            for (java.lang.reflect.Field field : c.getDeclaredFields()) {
                if (field.getType() == type && java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    found.add(type.cast(field.get(null)));
                }
            }
        }
        return found.stream();
    }
}
