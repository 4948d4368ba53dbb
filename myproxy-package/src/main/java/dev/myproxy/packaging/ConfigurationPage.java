package dev.myproxy.packaging;

import dev.myproxy.lua.api.Api;
import dev.myproxy.lua.api.ApiClass;
import dev.myproxy.lua.api.ApiFunction;
import dev.myproxy.lua.api.ApiLibrary;
import dev.myproxy.lua.api.ApiParameter;
import java.util.stream.Collectors;

/** The part of the manual page of the configuration that lists what scripts can call, in AsciiDoc. Pure. */
final class ConfigurationPage {

    private final StringBuilder page = new StringBuilder();

    private ConfigurationPage() {}

    /** A section for each library. */
    static String reference(Api api) {
        ConfigurationPage writer = new ConfigurationPage();
        api.libraries().forEach(writer::library);
        return writer.page.toString();
    }

    private void library(ApiLibrary library) {
        page.append("== ").append(Markdown.toAsciiDoc(library.title())).append("\n\n");
        paragraph(library.text().lines().skip(1).collect(Collectors.joining("\n")));
        library.variables().stream().filter(variable -> library.classes().stream()
                .noneMatch(table -> table.isGlobal() && table.name().equals(variable.name())))
                .forEach(variable -> entry(variable.name(), variable.text()));
        library.functions().forEach(this::function);
        library.classes().forEach(this::members);
    }

    private void members(ApiClass described) {
        page.append("=== ").append(Markdown.literal(switch (described.kind()) {
            case OBJECT -> "Object ";
            case LIBRARY -> "Table ";
            case OPTIONS -> "Options ";
        } + described.name())).append("\n\n");
        paragraph(described.text());
        described.fields().forEach(field -> entry(field.name() + ": " + field.type(), field.text()));
        described.methods().forEach(this::function);
    }

    private void function(ApiFunction function) {
        String parameters = function.parameters().stream()
                .map(parameter -> parameter.name() + (parameter.optional() ? "?" : ""))
                .collect(Collectors.joining(", "));
        String meanings = function.parameters().stream().filter(parameter -> !parameter.text().isEmpty())
                .map(ConfigurationPage::meaning).collect(Collectors.joining("; "));
        entry(function.qualifiedName() + "(" + parameters + ")",
                function.text() + (meanings.isEmpty() ? "" : "\n\n" + meanings + "."));
    }

    private static String meaning(ApiParameter parameter) {
        return "`" + parameter.name() + "`: " + parameter.text().strip().replaceFirst("\\.$", "");
    }

    private void paragraph(String text) {
        if (!text.isBlank()) {
            page.append(Markdown.toAsciiDoc(text.strip())).append("\n\n");
        }
    }

    private void entry(String term, String text) {
        page.append('*').append(Markdown.literal(term)).append("*::\n")
                .append(Markdown.toAsciiDoc(text.strip()).replaceAll("\n\\s*\n", "\n+\n")).append("\n\n");
    }
}
