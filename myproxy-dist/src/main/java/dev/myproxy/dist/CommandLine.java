package dev.myproxy.dist;

import dev.myproxy.dist.Invocation.Check;
import dev.myproxy.dist.Invocation.Misuse;
import dev.myproxy.dist.Invocation.Run;
import dev.myproxy.dist.Invocation.Show;
import dev.myproxy.text.Nearest;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of {@code bin/myproxy}, read with picocli. Pure. */
final class CommandLine {

    /** The configuration that is taken when the command line names none. */
    static final String DEFAULT_CONFIGURATION = "/etc/cm4all/myproxy/config.lua";

    private static final List<String> OPTIONS = List.of("--config", "--check", "--engine", "--help", "--version");

    private final picocli.CommandLine parser = new picocli.CommandLine(spec()).setUsageHelpWidth(100);

    /** Reads arguments. */
    Invocation parse(String... arguments) {
        try {
            return invocation(parser.parseArgs(arguments));
        } catch (UnmatchedArgumentException wrong) {
            return misuse(unmatched(wrong.getUnmatched().getFirst()));
        } catch (ParameterException wrong) {
            return misuse(String.valueOf(wrong.getMessage()));
        }
    }

    private Invocation invocation(ParseResult options) {
        if (options.hasMatchedOption("--help")) {
            return new Show(parser.getUsageMessage(Ansi.OFF).stripTrailing());
        }
        if (options.hasMatchedOption("--version")) {
            return new Show("myproxy " + version() + " (Java " + Runtime.version() + ")");
        }
        String configuration = options.matchedOptionValue("--config", DEFAULT_CONFIGURATION);
        if (configuration.isEmpty()) {
            return misuse("The path after --config is empty");
        }
        Optional<String> engine = options.hasMatchedOption("--engine")
                ? Optional.of(options.matchedOptionValue("--engine", ""))
                : Optional.empty();
        return options.hasMatchedOption("--check") ? new Check(configuration, engine) : new Run(configuration, engine);
    }

    private Misuse misuse(String reason) {
        return new Misuse(reason + "\n" + parser.getHelp().synopsis("Usage: ".length()).stripTrailing()
                .transform(synopsis -> "Usage: " + synopsis));
    }

    private static String unmatched(String argument) {
        String name = argument.replaceFirst("=.*", "");
        return "Unknown argument \"" + name + "\""
                + Nearest.to(name, OPTIONS).map(near -> "; did you mean " + near + "?").orElse("");
    }

    private static String version() {
        return Optional.ofNullable(CommandLine.class.getPackage().getImplementationVersion()).orElse("(not packaged)");
    }

    private static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("myproxy");
        spec.usageMessage().abbreviateSynopsis(false).sortOptions(false).sortSynopsis(false)
                .description("A MySQL proxy that a Lua script steers.")
                .footer("", "Exit status: 0 ended by a signal or nothing wrong, 1 failure, 64 wrong command line, "
                        + "78 wrong configuration.");
        return spec
                .addOption(option("--config").paramLabel("PATH").type(String.class)
                        .description("the configuration; by default " + DEFAULT_CONFIGURATION).build())
                .addOption(option("--check").description("run the configuration without listening, and report mistakes")
                        .build())
                .addOption(option("--engine").paramLabel("NAME").type(String.class)
                        .description("the script engine; by default the best one for the configuration").build())
                .addOption(option("--help").usageHelp(true).description("show this text").build())
                .addOption(option("--version").versionHelp(true).description("show the version").build());
    }

    private static OptionSpec.Builder option(String name) {
        return OptionSpec.builder(name);
    }
}
