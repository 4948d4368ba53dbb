package dev.myproxy.dist;

import dev.myproxy.dist.Invocation.Check;
import dev.myproxy.dist.Invocation.Misuse;
import dev.myproxy.dist.Invocation.Run;
import dev.myproxy.dist.Invocation.Show;
import dev.myproxy.dist.Invocation.Test;
import dev.myproxy.dist.log.LogFormat;
import dev.myproxy.text.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of {@code bin/myproxy}, read with picocli. Pure. */
public final class CommandLine {

    /** The configuration that is taken when the command line names none. */
    static final String DEFAULT_CONFIGURATION = "/etc/cm4all/myproxy/config.lua";

    private final picocli.CommandLine parser = new picocli.CommandLine(spec()).setUsageHelpWidth(100);

    CommandLine() {}

    /** The options and commands as picocli has them, for the manual pages and shell completion that are made of them. */
    public static CommandSpec described() {
        return new CommandLine().parser.getCommandSpec();
    }

    /** Reads arguments. */
    Invocation parse(String... arguments) {
        try {
            return invocation(parser.parseArgs(arguments));
        } catch (UnmatchedArgumentException wrong) {
            return misuse(wrong.getCommandLine(), unmatched(wrong));
        } catch (ParameterException wrong) {
            return misuse(wrong.getCommandLine(), String.valueOf(wrong.getMessage()));
        }
    }

    private Invocation invocation(ParseResult options) {
        if (options.hasSubcommand()) {
            return command(options, options.subcommand());
        }
        if (options.hasMatchedOption("--help")) {
            return new Show(parser.getUsageMessage(Ansi.OFF).stripTrailing());
        }
        if (options.hasMatchedOption("--version")) {
            return new Show("myproxy " + version() + " (Java " + Runtime.version() + ")");
        }
        String configuration = options.matchedOptionValue("--config", DEFAULT_CONFIGURATION);
        if (configuration.isEmpty()) {
            return misuse(parser, "The path after --config is empty");
        }
        Optional<String> engine = value(options, "--engine");
        boolean strict = options.hasMatchedOption("--strict");
        if (options.hasMatchedOption("--check")) {
            return options.hasMatchedOption("--log")
                    ? misuse(parser, "--log does not go with --check: a report is no log")
                    : new Check(configuration, engine, strict);
        }
        return strict ? misuse(parser, "--strict goes with --check") : run(options, configuration, engine);
    }

    private Invocation run(ParseResult options, String configuration, Optional<String> engine) {
        String name = options.matchedOptionValue("--log", LogFormat.TEXT.label());
        return LogFormat.of(name).<Invocation>map(log -> new Run(configuration, engine, log))
                .orElseGet(() -> misuse(parser, "There is no log format \"" + name + "\"; there are "
                        + Arrays.stream(LogFormat.values()).map(LogFormat::label).collect(Collectors.joining(", "))));
    }

    private Invocation command(ParseResult all, ParseResult options) {
        String name = options.commandSpec().name();
        if (all.hasMatchedOption("--config") || all.hasMatchedOption("--check") || all.hasMatchedOption("--strict")) {
            return misuse(parser, "--config and --check do not go with \"" + name + "\": "
                    + (name.equals("test") ? "a test file says what it loads" : "it asks a daemon that is running"));
        }
        if (all.hasMatchedOption("--engine") && !name.equals("test")) {
            return misuse(parser, "--engine does not go with \"" + name + "\": it asks a daemon that is running");
        }
        if (all.hasMatchedOption("--log")) {
            return misuse(parser, "--log does not go with \"" + name + "\": it writes no log");
        }
        if (options.hasMatchedOption("--help")) {
            return new Show(options.commandSpec().commandLine().getUsageMessage(Ansi.OFF).stripTrailing());
        }
        if (name.equals("test")) {
            return test(all, options);
        }
        Invocation asked = RemoteCommands.invocation(options);
        return asked instanceof Misuse(String reason) ? misuse(options.commandSpec().commandLine(), reason) : asked;
    }

    private Invocation test(ParseResult all, ParseResult options) {
        List<String> files = options.matchedPositionalValue(0, List.of());
        if (files.isEmpty()) {
            return misuse(options.commandSpec().commandLine(), "Missing FILE");
        }
        return new Test(files, value(options, "--engine").or(() -> value(all, "--engine")), value(options, "--junit"),
                value(options, "--filter"));
    }

    private static Optional<String> value(ParseResult options, String name) {
        return options.hasMatchedOption(name)
                ? Optional.of(options.matchedOptionValue(name, ""))
                : Optional.empty();
    }

    private static Misuse misuse(picocli.CommandLine command, String reason) {
        return new Misuse(reason + "\n" + command.getHelp().synopsis("Usage: ".length()).stripTrailing()
                .transform(synopsis -> "Usage: " + synopsis));
    }

    private static String unmatched(UnmatchedArgumentException wrong) {
        String name = wrong.getUnmatched().getFirst().replaceFirst("=.*", "");
        List<String> known = Stream.concat(wrong.getCommandLine().getCommandSpec().optionsMap().keySet().stream(),
                wrong.getCommandLine().getSubcommands().keySet().stream()).toList();
        return "Unknown argument \"" + name + "\""
                + Nearest.to(name, known).map(near -> "; did you mean " + near + "?").orElse("");
    }

    /** The version of the daemon. */
    static String version() {
        return Optional.ofNullable(CommandLine.class.getPackage().getImplementationVersion()).orElse("(not packaged)");
    }

    private static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("myproxy");
        spec.usageMessage().abbreviateSynopsis(false).sortOptions(false).sortSynopsis(false)
                .description("A MySQL proxy that a Lua script steers.")
                .footer("", "Exit status: 0 ended by a signal or nothing wrong, 1 failure, 64 wrong command line, "
                        + "78 wrong configuration.");
        spec
                .addOption(option("--config").paramLabel("PATH").type(String.class)
                        .description("the configuration; by default " + DEFAULT_CONFIGURATION).build())
                .addOption(option("--check")
                        .description("run the configuration without listening, inspect it, and report mistakes")
                        .build())
                .addOption(option("--strict").description("with --check: warnings count as errors, too").build())
                .addOption(option("--engine").paramLabel("NAME").type(String.class)
                        .description("the script engine; by default the best one for the configuration").build())
                .addOption(option("--log").paramLabel("FORMAT").type(String.class)
                        .completionCandidates(Arrays.stream(LogFormat.values()).map(LogFormat::label).toList())
                        .description(
                                "how the log is written: text, json (an object in each line) or journal (with fields); "
                                        + "by default text")
                        .build())
                .addOption(option("--help").usageHelp(true).description("show this text").build())
                .addOption(option("--version").versionHelp(true).description("show the version").build())
                .addSubcommand("test", testSpec());
        RemoteCommands.specs().forEach(spec::addSubcommand);
        return spec;
    }

    private static CommandSpec testSpec() {
        CommandSpec spec = CommandSpec.create().name("test");
        spec.usageMessage().abbreviateSynopsis(false).sortOptions(false).sortSynopsis(false)
                .description("Runs unit tests of policies, which need no server.")
                .footer("",
                        "Exit status: 0 all passed, 1 a case failed, 64 wrong command line, 78 a file can't be loaded.");
        return spec
                .addOption(option("--engine").paramLabel("NAME").type(String.class)
                        .description("the script engine; by default the best one").build())
                .addOption(option("--filter").paramLabel("TEXT").type(String.class)
                        .description("run only the cases with this in their name; * stands for anything").build())
                .addOption(option("--junit").paramLabel("FILE").type(String.class)
                        .description("write the results there too, as JUnit's XML").build())
                .addOption(option("--help").usageHelp(true).description("show this text").build())
                .addPositional(PositionalParamSpec.builder().paramLabel("FILE").arity("1..*").index("0..*")
                        .type(ArrayList.class).auxiliaryTypes(String.class)
                        .description("test files; of directories, all files below that end in _test.lua").build());
    }

    private static OptionSpec.Builder option(String name) {
        return OptionSpec.builder(name);
    }
}
