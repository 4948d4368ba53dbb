package dev.myproxy.dist.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The message as it is, and the trace below it.
 *
 * @param priorities whether each line begins with {@code <N>}, as sd-daemon(3) has it: the journal takes it off and files the line
 *                   under N. It is put before what begins like that already, so that nobody whose words are printed chooses N.
 */
record TextForm(boolean priorities) implements Form {

    @Override
    public byte[] render(Entry entry) {
        byte[] text = entry.text();
        return priorities ? withPriority(entry.priority(), text) : withEnd(text);
    }

    private static byte[] withEnd(byte[] text) {
        byte[] line = Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        return line;
    }

    private static byte[] withPriority(Priority priority, byte[] text) {
        byte[] prefix = ("<" + priority.number() + ">").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length + 8);
        int from = 0;
        for (int at = 0; at <= text.length; at++) {
            if (at == text.length || text[at] == '\n') {
                bytes.writeBytes(prefix);
                bytes.write(text, from, at - from);
                bytes.write('\n');
                from = at + 1;
            }
        }
        return bytes.toByteArray();
    }
}
