package dev.myproxy.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /metrics} shows. */
final class Scrape {

    /** One time series as it is now. */
    record Sample(String name, Map<String, String> labels, double value) {}

    private static final Pattern LABEL = Pattern.compile("(?<name>\\w+)=\"(?<value>(?:[^\"\\\\]|\\\\.)*)\",?");
    private static final Pattern SAMPLE = Pattern.compile(
            "(?<name>[a-zA-Z_:][\\w:]*)(?:\\{(?<labels>(?:\\w+=\"(?:[^\"\\\\]|\\\\.)*\",?)*)})? (?<value>\\S+).*");

    private Scrape() {}

    static List<Sample> parse(String text) {
        return text.lines().map(SAMPLE::matcher).filter(Matcher::matches)
                .map(sample -> new Sample(sample.group("name"), labels(sample.group("labels")),
                        value(sample.group("value"))))
                .toList();
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        Matcher matcher = LABEL.matcher(text == null ? "" : text);
        while (matcher.find()) {
            labels.put(matcher.group("name"),
                    matcher.group("value").replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\"));
        }
        return labels;
    }

    private static double value(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** Reads a page, which must be there. */
    static String get(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(HttpRequest.newBuilder(URI.create(url)).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(url + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        }
    }
}
