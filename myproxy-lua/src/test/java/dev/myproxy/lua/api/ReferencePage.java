package dev.myproxy.lua.api;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the reference page of the manual. */
final class ReferencePage {

    private final Path docs;
    private final List<String> lines = new ArrayList<>();

    private ReferencePage(Path docs) {
        this.docs = docs;
    }

    /**
     * Makes it.
     *
     * @param docs where the page will stand, to see which libraries have a page of their own
     */
    static String of(Api api, Path docs) {
        ReferencePage page = new ReferencePage(docs);
        page.lines.addAll(List.of("<!-- Made from the annotations of the libraries: changes would be lost. -->", "",
                "# Lua API", "",
                "Every function, attribute, method and option that a configuration can use besides Lua's own libraries.",
                "[lua-reference.md](lua-reference.md) explains how they work together. Types are written as the Lua",
                "language server does; `?` means that it may be left out or nil.", ""));
        api.libraries()
                .forEach(library -> page.lines.add("* [" + library.title() + "](#" + anchor(library.title()) + ")"
                        + summary(library)));
        api.libraries().forEach(page::library);
        return String.join("\n", page.lines) + "\n";
    }

    private static String anchor(String title) {
        return title.toLowerCase(java.util.Locale.ROOT).replaceAll("[^\\p{Alnum} _-]", "").replace(' ', '-');
    }

    private static String summary(ApiLibrary library) {
        List<String> globals = new ArrayList<>();
        library.variables().forEach(variable -> globals.add("`" + variable.name() + "`"));
        library.functions().forEach(function -> globals.add("`" + function.name() + "`"));
        return globals.isEmpty() ? "" : ": " + String.join(", ", globals);
    }

    private void library(ApiLibrary library) {
        lines.addAll(List.of("", "## " + library.title()));
        String text = library.text().lines().skip(1).collect(Collectors.joining("\n")).strip();
        if (!text.isEmpty()) {
            lines.addAll(List.of("", text));
        }
        if (Files.exists(docs.resolve("lua").resolve(library.name() + ".md"))) {
            lines.addAll(List.of("", "More, with examples: [lua/%1$s.md](lua/%1$s.md).".formatted(library.name())));
        }
        library.functions().forEach(this::function);
        library.variables().stream().filter(variable -> !isTable(library, variable)).forEach(this::variable);
        library.classes().stream().filter(ApiClass::isGlobal).forEach(this::classOf);
        library.classes().stream().filter(c -> !c.isGlobal()).forEach(this::classOf);
        if (!library.aliases().isEmpty()) {
            lines.addAll(List.of("", "| type | is | |", "|---|---|---|"));
            library.aliases().forEach(alias -> lines.add(row(alias.name(), alias.type(), alias.text())));
        }
    }

    private static boolean isTable(ApiLibrary library, ApiVariable variable) {
        return library.classes().stream().anyMatch(c -> c.isGlobal() && c.name().equals(variable.type()));
    }

    private void function(ApiFunction f) {
        String parameters = f.parameters().stream().map(p -> p.name() + (p.optional() ? "?" : ""))
                .collect(Collectors.joining(", "));
        lines.addAll(List.of("", "### " + f.qualifiedName() + "(" + parameters + ")", "", f.text()));
        if (f.traits().loading()) {
            lines.addAll(List.of("", "Only while the configuration loads."));
        }
        if (!f.parameters().isEmpty() || !f.returns().isEmpty()) {
            lines.add("");
        }
        f.parameters().forEach(p -> lines.add("* `" + p.name() + "`: `" + p.type() + (p.optional() ? "?" : "") + "`"
                + (p.text().isEmpty() ? "" : ", " + p.text())));
        f.returns()
                .forEach(r -> lines
                        .add("* returns " + (r.name().isEmpty() ? "" : "`" + r.name() + "`: ") + "`" + r.type()
                                + "`" + (r.text().isEmpty() ? "" : ", " + r.text())));
        f.overloads().forEach(overload -> lines.add("* also `" + overload + "`"));
    }

    private void variable(ApiVariable variable) {
        lines.addAll(List.of("", "### " + variable.name(), "", variable.text(), "", "* `" + variable.type() + "`"
                + (variable.traits().provided() ? ", to be defined by the script" : "")));
    }

    private void classOf(ApiClass c) {
        lines.addAll(List.of("", "### " + (c.isGlobal() ? "Table " : "") + c.name(), "", c.text()));
        c.parent().ifPresent(parent -> lines.addAll(List.of("", "It has all that " + parent + " has.")));
        if (!c.fields().isEmpty()) {
            lines.addAll(List.of("", "| name | type | |", "|---|---|---|"));
            c.fields().forEach(field -> lines
                    .add(row(field.name(), field.type() + (field.optional() ? "?" : ""), field.text())));
        }
        if (!c.calls().isEmpty()) {
            lines.add("");
            c.calls().forEach(call -> lines.add("* can be called: `" + call + "`"));
        }
        c.methods().forEach(this::function);
    }

    private static String row(String name, String type, String text) {
        return "| `" + name + "` | `" + type.replace("|", "\\|") + "` | " + text.replace("|", "\\|").replace('\n', ' ')
                + " |";
    }
}
