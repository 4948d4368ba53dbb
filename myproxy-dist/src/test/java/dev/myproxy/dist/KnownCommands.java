package dev.myproxy.dist;

import dev.myproxy.manual.ShellCommands;
import dev.myproxy.manual.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What shell commands of the manual ask of what is in the tree: programs, options, files, modules, tests. */
final class KnownCommands {

    private final Path root;
    private final SourceTree tree;

    /**
     * @param root where relative names of the manual start
     * @param tree what is there
     */
    KnownCommands(Path root, SourceTree tree) {
        this.root = root;
        this.tree = tree;
    }

    /** What does not exist, or is not understood: one line each. */
    List<String> faults(String block) throws IOException {
        List<String> faults = new ArrayList<>();
        for (List<String> command : ShellCommands.of(block)) {
            List<String> arguments = command.subList(1, command.size());
            faults.addAll(switch (command.getFirst()) {
                case "bin/myproxy", "myproxy", "/opt/myproxy/bin/myproxy" -> daemon(arguments);
                case "./mvnw" -> maven(arguments);
                case "./quickstart" ->
                    options(command.getFirst(), "myproxy-dist/src/test/java/dev/myproxy/quickstart", arguments);
                case "./bench" -> options(command.getFirst(), "myproxy-bench/src/main/java", arguments);
                case "myproxy-bench/jmh", "myproxy-dist/src/test/sh/under-systemd" ->
                    program(command.getFirst()).stream().toList();
                default -> List.of(command.getFirst() + ": no program of ours: mark the block as an example");
            });
        }
        return faults;
    }

    private Optional<String> program(String name) {
        return Files.isExecutable(root.resolve(name)) ? Optional.empty() : Optional.of(name + ": no such program");
    }

    /** The daemon's own command line. Files must be there, but for those that the reader writes or installs. */
    private List<String> daemon(List<String> arguments) {
        Invocation asked = new CommandLine().parse(arguments.toArray(String[]::new));
        List<String> files = switch (asked) {
            case Invocation.Misuse(String text) -> List.of(text);
            case Invocation.Run run -> List.of(run.configuration());
            case Invocation.Check check -> List.of(check.configuration());
            case Invocation.Test test -> test.files();
            case Invocation.Show _,Invocation.Status _,Invocation.Sessions _,Invocation.Kill _,Invocation.Reload _ ->
                List.of();
        };
        return files.stream()
                .filter(file -> !Files.exists(root.resolve(file)) && !file.matches("/etc/.*|config(_test)?\\.lua"))
                .map(file -> file + ": no such file").toList();
    }

    private List<String> maven(List<String> arguments) throws IOException {
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("-pl") && !Files.exists(root.resolve(arguments.get(i + 1)).resolve("pom.xml"))) {
                faults.add(arguments.get(i + 1) + ": no such module");
            } else if (argument.startsWith("-P")
                    && !tree.text("pom\\.xml").contains("<id>" + argument.substring(2) + "</id>")) {
                faults.add(argument + ": no such profile");
            } else if (argument.startsWith("-Dtest=") || argument.startsWith("-Dit.test=")) {
                String test = argument.replaceFirst(".*=", "").replaceFirst("#.*", "");
                if (!test.equals("none") && !tree.text(test + "\\.java").contains("class " + test)) {
                    faults.add(test + ": no such test");
                }
            } else if (argument.startsWith("-Dmyproxy.")
                    && !tree.text("[^/]+\\.java").contains(argument.substring(2).replaceFirst("=.*", ""))) {
                faults.add(argument + ": no such property");
            }
        }
        return faults;
    }

    /** Options that the sources of a program name. */
    private List<String> options(String name, String directory, List<String> arguments) throws IOException {
        List<String> faults = new ArrayList<>(program(name).stream().toList());
        String text = tree.text(directory + "/.*\\.java");
        arguments.stream().filter(argument -> argument.startsWith("--") && !argument.equals("--help"))
                .map(argument -> argument.replaceFirst("=.*", ""))
                .filter(option -> !text.contains("\"" + option + "\""))
                .forEach(option -> faults.add(name + ": no option " + option));
        return faults;
    }
}
