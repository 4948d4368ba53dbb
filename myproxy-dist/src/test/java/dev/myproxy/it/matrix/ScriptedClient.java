package dev.myproxy.it.matrix;

import dev.myproxy.it.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client of another process, which runs a script of the tests for all its logins.
 *
 * @param versionCommand prints its version, and fails where it is not installed
 * @param versions       that are meant; others are another client
 * @param command        runs the script; {@code SCRIPT} and {@code PLAN} stand for the files
 * @param script         its name among the resources
 */
record ScriptedClient(String key, String title, String tlsSwitch, String source, List<String> versionCommand,
        Pattern versions, List<String> command, String script, Set<Way> waysOfBytes) implements LoginClient {

    /** Of clients that use TLS anyway. */
    static final String NO_SWITCH = "none needed";

    private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+)+");

    ScriptedClient {
        waysOfBytes = Set.copyOf(waysOfBytes);
    }

    @Override
    public boolean verifies() {
        return tlsSwitch.equals(NO_SWITCH);
    }

    @Override
    public Optional<String> version() {
        if (Programs.onPath(versionCommand.getFirst()).isEmpty()
                && !Files.isExecutable(Path.of(versionCommand.getFirst()))) {
            return Optional.empty();
        }
        try {
            Process process = new ProcessBuilder(versionCommand).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // A command line may begin with its path, or with a version that says nothing.
            Matcher matcher = VERSION.matcher(said.replaceAll("/\\S+|Ver 15\\.[0-9] Distrib", ""));
            return process.waitFor() == 0 && matcher.find()
                    && versions.matcher(matcher.group()).lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<Outcome> logIn(List<Attempt> attempts, Path directory) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            lines.add(i + "\t" + attempts.get(i).line());
        }
        Path plan = Files.write(directory.resolve(key + ".plan"), lines);
        List<String> whole = command.stream().map(word -> switch (word) {
            case "SCRIPT" -> resource(script).toString();
            case "PLAN" -> plan.toString();
            default -> word;
        }).toList();
        String printed = Programs.run(directory, Path.of("/dev/null"), whole);
        List<Outcome> outcomes = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            String[] fields = line.split("\t", 3);
            if (fields.length != 3 || !fields[0].equals(Integer.toString(outcomes.size()))) {
                throw new AssertionError(title + " printed:\n" + printed);
            }
            outcomes.add(new Outcome(fields[1], fields[2]));
        }
        if (outcomes.size() != attempts.size()) {
            throw new AssertionError(title + " printed:\n" + printed);
        }
        return outcomes;
    }

    static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(ScriptedClient.class.getResource(name), name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
