package dev.myproxy.lua.api;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the settings of luacheck and of the Lua language server. */
final class CheckerFiles {

    private CheckerFiles() {}

    /** {@code .luacheckrc}. */
    static String luacheckrc(Api api) {
        TreeMap<String, String> globals = new TreeMap<>();
        api.functions().filter(function -> !StandardLibrary.has(function.name()))
                .forEach(function -> globals.put(function.name(), "{}"));
        api.variables().filter(variable -> !variable.traits().provided() && !StandardLibrary.has(variable.name()))
                .forEach(variable -> globals.put(variable.name(),
                        api.classNamed(variable.type()).map(CheckerFiles::fields).orElse("{other_fields = true}")));
        String body = globals.entrySet().stream().map(e -> "    " + e.getKey() + " = " + e.getValue() + ",\n")
                .collect(Collectors.joining());
        return """
               -- luacheck's settings for configurations of myproxy: the names that there are besides LuaJIT's own.
               -- Made from the annotations of the libraries: changes would be lost.

               std = 'luajit'
               max_line_length = false

               -- what the script defines and the daemon calls
               globals = {%s}

               read_globals = {
               %s}

               -- handlers need not look at all their arguments
               unused_args = false

               -- what myproxy test gives to test files
               files['**/*_test.lua'] = {read_globals = {'test'}}

               exclude_files = {'lua/library'}
               """.formatted(provided(api).map(name -> "'" + name + "'").collect(Collectors.joining(", ")), body);
    }

    private static String fields(ApiClass c) {
        String names = c.names().filter(name -> !name.startsWith("[")).sorted().map(name -> name + " = {}")
                .collect(Collectors.joining(", "));
        Optional<String> others = c.isOpen() ? Optional.of("other_fields = true") : Optional.empty();
        return Stream.concat(Stream.of("fields = {" + names + "}"), others.stream())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** {@code .luarc.json}. */
    static String luarc(Api api) {
        String provided = provided(api).map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
        return """
               {
                 "runtime.version": "LuaJIT",
                 "workspace.library": ["lua/library"],
                 "workspace.checkThirdParty": false,
                 "diagnostics.globals": [%s]
               }
               """.formatted(provided);
    }

    private static Stream<String> provided(Api api) {
        List<String> names = api.variables().filter(variable -> variable.traits().provided()).map(ApiVariable::name)
                .sorted().toList();
        return names.stream();
    }
}
