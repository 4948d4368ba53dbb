package dev.myproxy.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A file {@code status} of a process or thread in {@code /proc}: lines such as {@code VmRSS:     1234 kB}, see proc(5).
 *
 * @param fields by name, without what is left of the first word of the value
 */
record ProcessStatus(Map<String, String> fields) {

    /** Reads a file; without one there are no fields. */
    static ProcessStatus read(Path path) {
        Map<String, String> fields = new HashMap<>();
        try {
            for (String line : Files.readAllLines(path)) {
                String[] parts = line.split(":\\s*", 2);
                if (parts.length == 2) {
                    fields.put(parts[0], parts[1].split("\\s", 2)[0]);
                }
            }
        } catch (IOException _) {
            // a thread that has ended, or another operating system
        }
        return new ProcessStatus(fields);
    }

    /** A number, in the unit of the file. */
    OptionalLong number(String name) {
        String text = fields.getOrDefault(name, "");
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
