package dev.myproxy.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The commands of a block of shell code, as far as the manual's are: words, quotes, comments, lines that go on. Pure. */
public final class ShellCommands {

    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");

    private ShellCommands() {}

    /** The words of each command, without assignments before it. */
    public static List<List<String>> of(String block) {
        List<List<String>> commands = new ArrayList<>();
        for (String line : block.replace("\\\n", " ").lines().toList()) {
            List<String> words = new ArrayList<>();
            WORD.matcher(line.replaceFirst("(^|\\s)#.*", "")).results()
                    .forEach(word -> words.add(word.group().replaceAll("['\"]", "")));
            while (!words.isEmpty() && words.getFirst().matches("[A-Z_]+=.*")) {
                words.removeFirst();
            }
            if (!words.isEmpty()) {
                commands.add(words);
            }
        }
        return commands;
    }
}
