package dev.myproxy.bench.run;

import dev.myproxy.bench.run.Invocation.Misuse;
import dev.myproxy.bench.run.Invocation.Run;
import dev.myproxy.bench.run.Invocation.Show;
import dev.myproxy.bench.run.Settings.Kind;
import dev.myproxy.bench.run.Settings.Load;
import dev.myproxy.bench.subject.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line of {@code ./bench}, read with picocli. Pure but for the look at which programs are installed. */
final class CommandLine {

    private static final String START = "--start";
    private static final String TARGET = "--target";
    private static final String WORKLOADS = "--workloads";
    private static final double NANOS_PER_SECOND = 1e9;

    private final Targets targets;
    private final picocli.CommandLine parser = new picocli.CommandLine(spec()).setUsageHelpWidth(100);

    CommandLine(Targets targets) {
        this.targets = targets;
    }

    Invocation parse(String... arguments) {
        try {
            ParseResult options = parser.parseArgs(arguments);
            return options.hasMatchedOption("--help")
                    ? new Show(parser.getUsageMessage(Ansi.OFF).stripTrailing())
                    : new Run(settings(options));
        } catch (ParameterException | IllegalArgumentException wrong) {
            return new Misuse(wrong.getMessage() + "\n./bench --help shows all options.");
        }
    }

    private Settings settings(ParseResult options) {
        boolean quick = options.hasMatchedOption("--quick");
        Pace pace = quick ? Pace.QUICK : Pace.FULL;
        Duration length = seconds(options, "--seconds", pace.length());
        return new Settings(targets(options), workloads(options),
                numbers(options, "--connections", List.of(1, 8, 64, 512)),
                numbers(options, "--logins", List.of(1, 8, 64)), length,
                seconds(options, "--warm-up", pace.warmUp()), number(options, "--repetitions", pace.repetitions()),
                number(options, "--starts", pace.starts()),
                number(options, "--megabytes", pace.megabytes()),
                numbers(options, "--sessions", pace.sessions()).stream().sorted().toList(),
                enumerated(Load.class, "--load", options.matchedOptionValue("--load", "auto")),
                options.hasMatchedOption("--prepared"),
                number(options, "--threads", Math.max(1, Runtime.getRuntime().availableProcessors() / 4)),
                server(options), options.hasMatchedOption("--server-tcp"),
                Path.of(options.matchedOptionValue("--json", "myproxy-bench/target/bench.json")),
                options.hasMatchedOption("--keep"), options.hasMatchedOption("--record"));
    }

    private List<Target> targets(ParseResult options) {
        List<Target> chosen = new ArrayList<>();
        for (String text : options.matchedOptionValue(TARGET, List.<String>of())) {
            chosen.add(targets.parse(text));
        }
        List<Target> all = chosen.isEmpty()
                ? options.hasMatchedOption(START) ? targets.packaged() : targets.standard()
                : List.copyOf(chosen);
        Set<String> names = new HashSet<>();
        all.forEach(target -> require(names.add(target.name()), TARGET + ": two targets are called " + target.name()));
        return all;
    }

    private static Set<Kind> workloads(ParseResult options) {
        List<String> names = options.matchedOptionValue(WORKLOADS, List.<String>of());
        return names.isEmpty()
                ? options.hasMatchedOption(START) ? EnumSet.of(Kind.START, Kind.IDLE) : EnumSet.allOf(Kind.class)
                : names.stream().map(name -> enumerated(Kind.class, WORKLOADS, name))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
    }

    private static Optional<ExistingServer> server(ParseResult options) {
        String address = options.matchedOptionValue("--server", "");
        if (address.isEmpty()) {
            for (String name : List.of("--user", "--database", "--password-file")) {
                require(!options.hasMatchedOption(name), name + " goes with --server");
            }
            return Optional.empty();
        }
        return Optional.of(new ExistingServer(address, options.matchedOptionValue("--user", "root"),
                options.matchedOptionValue("--database", "test"),
                Optional.ofNullable(options.<String>matchedOptionValue("--password-file", null)).map(Path::of)));
    }

    private static <E extends Enum<E>> E enumerated(Class<E> type, String option, String name) {
        return Arrays.stream(type.getEnumConstants()).filter(each -> each.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(option + " knows no \"" + name + "\", but "
                        + Arrays.stream(type.getEnumConstants()).map(each -> each.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    private static int number(ParseResult options, String name, int otherwise) {
        int number = options.matchedOptionValue(name, otherwise);
        require(number > 0, name + " must be positive, not " + number);
        return number;
    }

    private static List<Integer> numbers(ParseResult options, String name, List<Integer> otherwise) {
        List<Integer> numbers = options.matchedOptionValue(name, otherwise);
        numbers.forEach(number -> require(number > 0, name + " must be positive, not " + number));
        return List.copyOf(numbers);
    }

    private static Duration seconds(ParseResult options, String name, Duration otherwise) {
        if (!options.hasMatchedOption(name)) {
            return otherwise;
        }
        double seconds = options.matchedOptionValue(name, 0.0);
        require(seconds > 0 && seconds <= 3600, name + " must be positive and at most 3600, not " + seconds);
        return Duration.ofNanos((long) (seconds * NANOS_PER_SECOND));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("./bench");
        spec.usageMessage().abbreviateSynopsis(true).sortOptions(false)
                .description("Measures myproxy beside HAProxy and a direct connection: queries, logins, bulk, memory.")
                .footer("", "Lists are divided by commas. Exit status: 0 everything was measured, 1 something failed, "
                        + "64 wrong command line.");
        return spec.addOption(flag("--quick", "everything within two minutes, with larger errors"))
                .addOption(flag(START,
                        "time of the start and memory of the packaged daemon, which is built if it is not "
                                + "there, beside HAProxy: --workloads start,idle --target package --target haproxy"))
                .addOption(flag("--build", "build the package although there is one"))
                .addOption(list(TARGET, "TARGET", String.class,
                        "what is measured; may be given several times. direct, haproxy, myproxy (the one built here), "
                                + "package (the one of the package that was built here), "
                                + "NAME=DIRECTORY[;VARIABLE=VALUE...] for another distribution of myproxy, "
                                + "NAME=HOST:PORT[;pid=PID] for what listens already. By default the first three")
                        .splitRegex("").build())
                .addOption(list(WORKLOADS, "NAME", String.class,
                        "what is done: select, connect, tls, result, upload, idle, start; by default all").build())
                .addOption(list("--connections", "NUMBER", Integer.class,
                        "connections of point selects; 1,8,64,512 by default").build())
                .addOption(list("--logins", "NUMBER", Integer.class,
                        "connections that log in at a time; 1,8,64 by default").build())
                .addOption(list("--sessions", "NUMBER", Integer.class,
                        "idle sessions; 1000,10000 by default, 1000 with --quick").build())
                .addOption(value("--megabytes", Integer.class, "size of results and files; 1000 by default"))
                .addOption(value("--seconds", Double.class, "length of each measurement; 5 by default"))
                .addOption(value("--warm-up", Double.class, "seconds of work before the first one; 10 by default"))
                .addOption(value("--repetitions", Integer.class, "how often all is measured; 3 by default"))
                .addOption(
                        value("--starts", Integer.class, "how often the time of the start is measured; 10 by default"))
                .addOption(value("--load", String.class,
                        "what makes the load of point selects: auto (sysbench where it is installed, up to 64 "
                                + "connections), native, sysbench"))
                .addOption(value("--threads", Integer.class, "of the native load"))
                .addOption(flag("--prepared", "point selects are prepared statements"))
                .addOption(flag("--server-tcp", "proxies connect to MariaDB over TCP, not over its Unix socket"))
                .addOption(value("--server", String.class,
                        "an existing server, HOST:PORT or the path of a socket, instead of a MariaDB of its own"))
                .addOption(value("--user", String.class, "account at that server; root by default"))
                .addOption(value("--password-file", String.class, "the first line is its password"))
                .addOption(value("--database", String.class,
                        "where the tables sbtest1 and bench_upload are made and dropped; test by default"))
                .addOption(value("--json", String.class,
                        "file for the figures; myproxy-bench/target/bench.json by default"))
                .addOption(flag("--keep", "keep what that file has of what is not measured now"))
                .addOption(flag("--record", "renew the figures in docs/performance.md"))
                .addOption(OptionSpec.builder("--help", "-h").usageHelp(true).description("show this text").build());
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).description(description).build();
    }

    private static OptionSpec value(String name, Class<?> type, String description) {
        return OptionSpec.builder(name).paramLabel(type == String.class ? "TEXT" : "NUMBER").type(type)
                .description(description).build();
    }

    private static OptionSpec.Builder list(String name, String label, Class<?> type, String description) {
        return OptionSpec.builder(name).paramLabel(label).type(ArrayList.class).auxiliaryTypes(type).splitRegex(",")
                .description(description);
    }
}
