package dev.myproxy.lua.lib;

import dev.myproxy.protocol.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The frames of an error that are of interest to the author of a script: those in files, each with its line.
 *
 * @param frames such as {@code config.lua:12: in function 'f'}, innermost first
 */
record Traceback(List<String> frames) {

    private static final Pattern POSITION = Pattern.compile("(?<file>[^\\s:]+):(?<line>\\d+):.*", Pattern.DOTALL);

    /** A frame whose line the engine had forgotten when it was asked. */
    private static final Pattern WITHOUT_LINE = Pattern.compile("(?<file>.*): in (function <|main chunk).*");

    private static final Pattern OF_OURS = Pattern.compile("\\[(C|Java|myproxy)]:?.*");

    static final Traceback NONE = new Traceback(List.of());

    /**
     * Reads what an engine made.
     *
     * @param message of the error; the line in it is that of the innermost frame
     * @param stack   in the form of Lua's {@code debug.traceback}
     */
    static Traceback of(String message, String stack) {
        List<String> frames = stack.lines().filter(line -> line.startsWith("\t")).map(String::strip)
                .filter(frame -> !OF_OURS.matcher(frame).matches()).map(Quoting::oneLine).toList();
        if (frames.isEmpty()) {
            return NONE;
        }
        List<String> lines = new ArrayList<>(frames);
        lines.set(0, withLine(frames.getFirst(), message));
        return new Traceback(List.copyOf(lines));
    }

    private static String withLine(String frame, String message) {
        Matcher position = POSITION.matcher(message);
        Matcher bare = WITHOUT_LINE.matcher(frame);
        return bare.matches() && position.matches() && position.group("file").equals(bare.group("file"))
                ? frame.replace(bare.group("file") + ": in", bare.group("file") + ":" + position.group("line") + ": in")
                : frame;
    }

    /** {@code FILE:LINE} at the beginning of a text, if it has that. */
    static Optional<String> position(String text) {
        Matcher position = POSITION.matcher(text);
        return position.matches()
                ? Optional.of(position.group("file") + ":" + position.group("line"))
                : Optional.empty();
    }

    /** {@code FILE:LINE} of the innermost frame. */
    Optional<String> innermost() {
        return frames.stream().flatMap(frame -> position(frame).stream()).findFirst();
    }
}
