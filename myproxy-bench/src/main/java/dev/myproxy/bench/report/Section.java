package dev.myproxy.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A part of a Markdown file that is made by a program: the lines between two comments. Pure. */
public final class Section {

    /** The line before it. */
    public static final String BEGIN = "<!-- figures: renewed by ./bench --record -->";
    /** The line behind it. */
    public static final String END = "<!-- end of figures -->";

    private Section() {}

    /**
     * Puts other lines between the comments.
     *
     * @throws IllegalArgumentException if the comments are not there, each once and in this order
     */
    public static String replace(String text, List<String> lines) {
        List<String> all = text.lines().toList();
        int begin = all.indexOf(BEGIN);
        int end = all.indexOf(END);
        if (begin < 0 || end < begin || all.lastIndexOf(BEGIN) != begin || all.lastIndexOf(END) != end) {
            throw new IllegalArgumentException("There must be one line \"" + BEGIN + "\" and one line \"" + END
                    + "\" behind it");
        }
        List<String> result = new ArrayList<>(all.subList(0, begin + 1));
        result.addAll(lines);
        result.addAll(all.subList(end, all.size()));
        return String.join("\n", result) + "\n";
    }
}
