package dev.myproxy.dist;

import dev.myproxy.dist.Invocation.Run;
import dev.myproxy.dist.log.LineWriter;
import dev.myproxy.dist.log.LineWriter.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Where the process begins. */
public final class Main {

    private Main() {}

    /**
     * Runs the daemon until a signal ends it.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        // exit runs the hook that writes what is left of the log
        Runtime.getRuntime().exit(run(invocation(arguments)).code());
    }

    private static Invocation invocation(String... arguments) {
        Optional<Run> service = ServiceCommandLine.parse(arguments);
        return service.isPresent() ? service.get() : new CommandLine().parse(arguments);
    }

    private static ExitCode run(Invocation invocation) {
        try {
            return switch (invocation) {
                case Run run -> {
                    run.log().use();
                    yield new Lifecycle(Engines.installed()).run(run);
                }
                case Invocation.Check check ->
                    new Check(Engines.installed(), line -> print(Target.ERR, List.of(line))).run(check);
                case Invocation.Test test ->
                    new PolicyTesting(Engines.installed(), line -> print(Target.OUT, List.of(line))).run(test);
                case Invocation.Status status -> {
                    asking().run(status);
                    yield ExitCode.OK;
                }
                case Invocation.Sessions sessions -> {
                    asking().run(sessions);
                    yield ExitCode.OK;
                }
                case Invocation.Kill kill -> {
                    asking().run(kill);
                    yield ExitCode.OK;
                }
                case Invocation.Reload reload -> {
                    asking().run(reload);
                    yield ExitCode.OK;
                }
                case Invocation.Show show -> {
                    print(Target.OUT, show.text().lines().toList());
                    yield ExitCode.OK;
                }
                case Invocation.Misuse misuse -> {
                    print(Target.ERR, misuse.text().lines().toList());
                    yield ExitCode.USAGE;
                }
            };
        } catch (FatalException fatal) {
            print(Target.ERR, fatal.lines());
            return fatal.exitCode();
        } catch (Exception | LinkageError | java.util.ServiceConfigurationError unexpected) {
            print(Target.ERR, Causes.messages(unexpected));
            return ExitCode.FAILURE;
        }
    }

    private static Asking asking() {
        return new Asking(System::getenv, line -> print(Target.OUT, List.of(line)),
                line -> print(Target.ERR, List.of(line)));
    }

    private static void print(Target target, List<String> lines) {
        lines.forEach(line -> LineWriter.standard().put(target, line.getBytes(StandardCharsets.UTF_8)));
    }
}
