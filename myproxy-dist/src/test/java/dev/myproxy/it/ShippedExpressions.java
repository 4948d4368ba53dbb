package dev.myproxy.it;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The PromQL expressions of the files that come with the daemon. */
final class ShippedExpressions {

    static final Path DASHBOARD = Path.of("../conf/grafana/myproxy.json");
    static final Path ALERTS = Path.of("../conf/prometheus/alerts.yml");

    private static final String EXPR = "        expr: ";

    private ShippedExpressions() {}

    /** Those of the dashboard, with values for its variables. */
    static List<String> dashboard() throws IOException {
        List<String> found = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(DASHBOARD.toFile())) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals("expr")) {
                    found.add(json.nextTextValue().replace("$job", "myproxy").replace("$instance", ".*")
                            .replace("$__rate_interval", "1m"));
                }
            }
        }
        return found;
    }

    /** Those of the alerts: on one line, or folded ({@code >-}) and indented further. */
    static List<String> alerts() throws IOException {
        List<String> found = new ArrayList<>();
        List<String> lines = Files.readAllLines(ALERTS);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals(EXPR + ">-")) {
                StringBuilder folded = new StringBuilder();
                while (lines.get(i + 1).startsWith("          ")) {
                    i++;
                    folded.append(lines.get(i).strip()).append(' ');
                }
                found.add(folded.toString().strip());
            } else if (lines.get(i).startsWith(EXPR)) {
                found.add(lines.get(i).substring(EXPR.length()));
            }
        }
        return found;
    }
}
