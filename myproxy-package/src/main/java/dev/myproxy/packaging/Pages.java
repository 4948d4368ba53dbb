package dev.myproxy.packaging;

import dev.myproxy.dist.CommandLine;
import dev.myproxy.lua.api.Api;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * What picocli makes of the command line: a manual page for the daemon and for each of its commands, in AsciiDoc, and the
 * completion of bash. Whatever a page says beyond that stands in a file of the same name, which goes before its end.
 */
public final class Pages {

    /** The name under which the packages install the launcher. */
    static final String PROGRAM = "cm4all-myproxy";

    private static final String EXIT_STATUS = "Exit status: ";
    private static final Pattern NEXT_STATUS = Pattern.compile(", (?=\\d+ )");

    private Pages() {}

    /**
     * Writes them.
     *
     * @param arguments the directory of further sections, the directory for pages, the file for the completion
     */
    public static void main(String[] arguments) throws IOException {
        Path pages = Files.createDirectories(Path.of(arguments[1]));
        Path sections = Path.of(arguments[0]);
        CommandSpec daemon = CommandLine.described().name(PROGRAM);
        write(daemon, sections, pages);
        for (picocli.CommandLine command : daemon.subcommands().values()) {
            write(command.getCommandSpec(), sections, pages);
        }
        String configuration = PROGRAM + "-config.adoc";
        Files.writeString(pages.resolve(configuration), Files.readString(sections.resolve(configuration))
                .replace("REFERENCE", ConfigurationPage.reference(Api.installed())));
        Path completion = Path.of(arguments[2]);
        Files.createDirectories(completion.toAbsolutePath().getParent());
        Files.writeString(completion, completion(daemon));
    }

    /** The completion of bash, for the program and for {@code myproxy}. */
    static String completion(CommandSpec daemon) {
        return AutoComplete.bash(PROGRAM, daemon.commandLine());
    }

    private static void write(CommandSpec command, Path sections, Path pages) throws IOException {
        String name = command.qualifiedName("-");
        Path further = sections.resolve(name + ".adoc");
        Files.writeString(pages.resolve(name + ".adoc"),
                page(command, Files.exists(further) ? Files.readString(further) : ""));
    }

    /** A page of section 8, of administration. */
    static String page(CommandSpec command, String further) {
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text)) {
            ManPageGenerator.writeSingleManPage(out, command);
        }
        String name = command.qualifiedName("-");
        return text.toString().replace(name + "(1)", name + "(8)") + exitStatus(command) + further;
    }

    /** The last line of the help, {@code Exit status: 0 fine, 1 not}, which picocli leaves out. */
    private static String exitStatus(CommandSpec command) {
        String help = String.join(" ", command.usageMessage().footer());
        if (!help.contains(EXIT_STATUS)) {
            throw new IllegalStateException(command.qualifiedName() + " does not say with which status it exits");
        }
        String statuses = help.substring(help.indexOf(EXIT_STATUS) + EXIT_STATUS.length()).strip()
                .replaceFirst("\\.$", "");
        return NEXT_STATUS.splitAsStream(statuses)
                .map(status -> status.replaceFirst("^(\\d+) (.*)$", "*$1*::\n  $2\n\n"))
                .collect(Collectors.joining("", "\n== Exit status\n\n", ""));
    }
}
