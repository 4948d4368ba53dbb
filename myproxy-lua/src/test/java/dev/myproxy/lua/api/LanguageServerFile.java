package dev.myproxy.lua.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the meta file for the Lua language server: everything, in its own words. */
final class LanguageServerFile {

    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> variables = new HashMap<>();

    private LanguageServerFile() {}

    static String of(Api api) {
        LanguageServerFile file = new LanguageServerFile();
        file.lines.addAll(List.of("---@meta", "",
                "-- What myproxy's configurations can call, for editors with the Lua language server.",
                "-- Made from the annotations of the libraries: changes would be lost."));
        api.libraries().forEach(file::library);
        return String.join("\n", file.lines) + "\n";
    }

    private void library(ApiLibrary library) {
        lines.addAll(List.of("", "-- " + library.title()));
        library.aliases().forEach(alias -> {
            begin(alias.text());
            lines.add("---@alias " + alias.name() + " " + alias.type());
        });
        library.classes().stream().filter(c -> !StandardLibrary.has(c.name())).forEach(this::classOf);
        library.functions().stream().filter(f -> !StandardLibrary.has(f.name())).forEach(this::function);
        library.classes().stream().filter(c -> !StandardLibrary.has(c.name()))
                .forEach(c -> c.methods().forEach(this::function));
        library.variables().stream().filter(variable -> library.classes().stream()
                .noneMatch(c -> c.isGlobal() && c.name().equals(variable.type()))).forEach(this::variable);
    }

    private void begin(String text) {
        lines.add("");
        text.lines().forEach(line -> lines.add(("--- " + line).stripTrailing()));
    }

    private void classOf(ApiClass c) {
        begin(c.text());
        lines.add("---@class " + c.name() + c.parent().map(parent -> ": " + parent).orElse(""));
        c.fields().forEach(field -> {
            if (field.text().contains("\n")) {
                field.text().lines().forEach(line -> lines.add(("--- " + line).stripTrailing()));
            }
            lines.add("---@field " + field.name() + (field.optional() ? "?" : "") + " " + field.type()
                    + (field.text().contains("\n") ? "" : " " + field.text()));
        });
        c.calls().forEach(call -> lines.add("---@overload " + call));
        String variable = c.isGlobal() ? c.name() : c.name().replace('.', '_');
        variables.put(c.name(), variable);
        if (c.isGlobal()) {
            lines.add(variable + " = {}");
        } else if (!c.methods().isEmpty()) {
            lines.add("local " + variable + " = {}");
        }
    }

    private void function(ApiFunction f) {
        begin(f.text());
        f.parameters().forEach(p -> lines.add(
                ("---@param " + p.name() + (p.optional() ? "?" : "") + " " + p.type() + " " + p.text())
                        .stripTrailing()));
        f.returns()
                .forEach(r -> lines.add(("---@return " + r.type()
                        + (r.name().isEmpty() ? r.text().isEmpty() ? "" : " # " : " " + r.name() + " ")
                        + r.text()).stripTrailing()));
        f.overloads().forEach(overload -> lines.add("---@overload " + overload));
        String owner = f.isGlobal() ? "" : variables.get(f.owner()) + (f.method() ? ":" : ".");
        lines.add("function " + owner + f.name()
                + f.parameters().stream().map(ApiParameter::name).collect(Collectors.joining(", ", "(", ")")) + " end");
    }

    /** What the script provides is left to the script: a definition here would make a second one there suspicious. */
    private void variable(ApiVariable variable) {
        if (!variable.traits().provided()) {
            begin(variable.text());
            lines.addAll(List.of("---@type " + variable.type(), variable.name() + " = nil"));
        }
    }
}
