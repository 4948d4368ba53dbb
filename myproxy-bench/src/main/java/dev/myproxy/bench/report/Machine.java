package dev.myproxy.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where figures were measured. */
public record Machine(String processor, int processors, String kernel, String java, LocalDate date) {

    /** This one, today. */
    public static Machine here() {
        return new Machine(processorName(), Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + Runtime.version(), LocalDate.now(ZoneOffset.UTC));
    }

    private static String processorName() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*?:\\s*", "")).findFirst().orElse(System.getProperty("os.arch"));
        } catch (IOException _) {
            return System.getProperty("os.arch");
        }
    }

    /** One sentence's worth. */
    public String text() {
        return processors + " × " + processor + ", " + kernel + ", Java " + java + ", " + date;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("processor", processor);
        fields.put("processors", processors);
        fields.put("kernel", kernel);
        fields.put("java", java);
        fields.put("date", date.toString());
        return fields;
    }
}
