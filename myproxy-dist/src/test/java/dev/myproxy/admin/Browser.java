package dev.myproxy.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Chromium without a window, driven by chromedriver over the WebDriver protocol, as <a href="https://www.w3.org/TR/webdriver2/">its
 * specification</a> describes it.
 */
public final class Browser implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile(".*started successfully on port (\\d+).*");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final Path directory;
    private final URI server;
    private final String session;

    private Browser(Process driver, URI server, Path directory, String... options) throws Exception {
        this.directory = directory;
        this.driver = driver;
        this.server = server;
        List<String> always = List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--window-size=1400,900", "--user-data-dir=" + directory.resolve("profile"));
        JsonArray arguments = new JsonArray(Stream.concat(always.stream(), Stream.of(options)).toList());
        JsonObject answer = send("POST", "/session",
                new JsonObject().put("capabilities", new JsonObject().put("alwaysMatch", new JsonObject()
                        .put("goog:chromeOptions",
                                new JsonObject().put("binary", chromium().orElseThrow().toString()).put("args",
                                        arguments))
                        .put("goog:loggingPrefs", new JsonObject().put("browser", "ALL")))));
        session = "/session/" + answer.getJsonObject("value").getString("sessionId");
    }

    /** Whether there is what it needs; else a sentence that says what is missing. */
    public static Optional<String> missing() {
        return chromium().isPresent() && find("chromedriver").isPresent()
                ? Optional.empty()
                : Optional.of("chromium and chromedriver are not installed: the page is not tested in a browser");
    }

    private static Optional<Path> chromium() {
        return find("chromium");
    }

    private static Optional<Path> find(String program) {
        return Stream.of(System.getenv("PATH").split(":")).map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable).findFirst();
    }

    /**
     * Starts one.
     *
     * @param options of Chromium's command line
     */
    public static Browser start(String... options) throws Exception {
        Path directory = Files.createTempDirectory("myproxy-browser-");
        ProcessBuilder builder = new ProcessBuilder(find("chromedriver").orElseThrow().toString(), "--port=0")
                .redirectErrorStream(true);
        builder.environment().put("HOME", directory.toString());
        Process driver = builder.start();
        try {
            return new Browser(driver, URI.create("http://127.0.0.1:" + port(driver)), directory, options);
        } catch (Exception | Error e) {
            driver.destroyForcibly();
            throw e;
        }
    }

    private static int port(Process driver) throws IOException {
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null) {
            Matcher started = STARTED.matcher(line);
            if (started.matches()) {
                Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(_ -> {}));
                return Integer.parseInt(started.group(1));
            }
            line = lines.readLine();
        }
        throw new IOException("chromedriver does not start");
    }

    private JsonObject send(String method, String path, JsonObject body) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher content = method.equals("POST")
                ? HttpRequest.BodyPublishers.ofString(body.encode())
                : HttpRequest.BodyPublishers.noBody();
        HttpResponse<String> response = http.send(HttpRequest.newBuilder(server.resolve(path)).timeout(LIMIT)
                .method(method, content).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(method + " " + path + ": " + response.body());
        }
        return new JsonObject(response.body());
    }

    public void open(String url) throws Exception {
        send("POST", session + "/url", new JsonObject().put("url", url));
    }

    /** Runs the body of a function in the page, and gives what it returns. */
    public <T> T run(Class<T> type, String script, Object... arguments) throws Exception {
        return type.cast(send("POST", session + "/execute/sync", new JsonObject().put("script", script)
                .put("args", new JsonArray(List.of(arguments)))).getValue("value"));
    }

    /** The text of the element that a selector finds first, as it is seen. */
    public String text(String selector) throws Exception {
        return run(String.class, "return document.querySelector(arguments[0]).innerText", selector);
    }

    /** How many elements a selector finds. */
    public int count(String selector) throws Exception {
        return run(Integer.class, "return document.querySelectorAll(arguments[0]).length", selector);
    }

    /** Presses keys, one after the other, wherever the focus is. */
    public void type(String keys) throws Exception {
        JsonArray actions = new JsonArray();
        keys.codePoints().mapToObj(Character::toString).forEach(key -> {
            actions.add(new JsonObject().put("type", "keyDown").put("value", key));
            actions.add(new JsonObject().put("type", "keyUp").put("value", key));
        });
        send("POST", session + "/actions", new JsonObject().put("actions", new JsonArray()
                .add(new JsonObject().put("type", "key").put("id", "keyboard").put("actions", actions))));
    }

    /** What the browser complained of since this was asked last. */
    public List<String> complaints() throws Exception {
        return send("POST", session + "/se/log", new JsonObject().put("type", "browser")).getJsonArray("value").stream()
                .map(entry -> ((JsonObject) entry).getString("message")).toList();
    }

    /** Takes a picture, a PNG file. */
    public void picture(Path file) throws Exception {
        String base64 = send("GET", session + "/screenshot", new JsonObject()).getString("value");
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(base64));
    }

    /** Ends it, and what it started. */
    @Override
    public void close() throws IOException {
        try {
            send("DELETE", session, new JsonObject());
            driver.destroy();
            if (!driver.waitFor(60, TimeUnit.SECONDS)) {
                driver.descendants().forEach(ProcessHandle::destroyForcibly);
                driver.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // the browser's helpers may still write there
        Awaitility.await().atMost(LIMIT).until(this::isTidy);
    }

    private boolean isTidy() {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException _) {
            // somebody else deletes or makes files at the same time
        }
        return !Files.exists(directory);
    }
}
