package dev.myproxy.it.same;

import dev.myproxy.protocol.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a script: a step in each line, a verb and what belongs to it. {@code docs/developing.md} has a table of
 * the verbs.
 */
final class ScriptReader {

    private final String name;
    private final Set<String> prepared = new HashSet<>();
    private final List<Step> steps = new ArrayList<>();
    private Set<Server.Kind> servers = EnumSet.allOf(Server.Kind.class);
    private boolean once;
    private boolean unhandled;
    private @Nullable List<Step.Send> together;

    private ScriptReader(String name) {
        this.name = name;
    }

    /**
     * Reads a script.
     *
     * @throws IllegalArgumentException if a line can't be read: tells which one, and why
     */
    static Script read(String name, List<String> lines) {
        return new ScriptReader(name).read(lines);
    }

    private Script read(List<String> lines) {
        StringBuilder statement = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.endsWith(" \\")) {
                statement.append(line, 0, line.length() - 1);
                continue;
            }
            statement.append(line);
            try {
                line(statement.toString());
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(name + ", line " + (i + 1) + ": " + e.getMessage(), e);
            }
            statement.setLength(0);
        }
        if (together != null) {
            throw new IllegalArgumentException(name + ": 'together' without 'done'");
        }
        if (steps.isEmpty() || !(steps.getFirst() instanceof Step.Connect)) {
            steps.addFirst(new Step.Connect("connect", Account.USUAL));
        }
        return new Script(name, servers, once, unhandled, steps);
    }

    private void line(String text) {
        Words words = new Words(text);
        switch (words.word()) {
            case "only" -> servers = EnumSet.of(Server.Kind.valueOf(words.word().toUpperCase(Locale.ROOT)));
            case "once" -> once = true;
            case "unhandled" -> unhandled = true;
            case "together" -> together = new ArrayList<>();
            case "done" -> {
                if (together == null) {
                    throw new IllegalArgumentException("'done' without 'together'");
                }
                steps.add(new Step.Together("together", together));
                together = null;
            }
            case "connect" -> add(new Step.Connect(text, account(words)));
            case "change_user" -> add(new Step.ChangeUser(text, words.text(), words.text(), words.text()));
            case "file" -> add(new Step.FileContents(text, packets(words)));
            case "raw" -> add(new Step.Raw(text, words.data()));
            case "pause" -> add(new Step.Pause(text, Duration.ofMillis(Long.parseLong(words.word()))));
            case "unread" -> add(new Step.Unread(text, new Verbs(text, prepared).command(new Words(words.rest()))));
            case "half_close" -> add(new Step.HalfClose(text));
            case "end" -> add(new Step.End(text));
            default -> {
                add(new Verbs(text, prepared).command(new Words(text)));
                words.rest();
            }
        }
        if (!words.isEmpty()) {
            throw new IllegalArgumentException("too much: " + words.rest());
        }
    }

    private void add(Step step) {
        if (together == null) {
            steps.add(step);
        } else if (step instanceof Step.Send command) {
            together.add(command);
        } else {
            throw new IllegalArgumentException("only commands can be sent together");
        }
    }

    private static List<Data> packets(Words words) {
        List<Data> packets = new ArrayList<>();
        while (!words.isEmpty()) {
            packets.add(words.data("|"));
        }
        return packets;
    }

    private static Account account(Words words) {
        Account account = Account.USUAL;
        while (!words.isEmpty()) {
            String key = words.word();
            account = switch (key) {
                case "user" -> account.withUser(words.text());
                case "password" -> account.withPassword(words.text());
                case "database" -> account.withDatabase(words.text());
                case "charset" -> account.withCharset(Integer.parseInt(words.word()));
                case "with" -> account.asking(flag(words.word()), 0);
                case "without" -> account.asking(0, flag(words.word()));
                default -> throw new IllegalArgumentException("no such property of a login: " + key);
            };
        }
        return account;
    }

    private static long flag(String name) {
        return 1L << Capability.valueOf(name).bit();
    }
}
