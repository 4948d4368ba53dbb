package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms of the log, as the daemon writes them. */
class LogFormatIT {

    private static final String CONFIGURATION = """
                                                print('loading')
                                                mysql_listen('%1$s/client', {on_handshake_response = function(client)
                                                  client.account = 'acme'
                                                  log.warn('deciding', {n = 3})
                                                  return client:connect('%1$s/nobody', {user = 'u', password = ''})
                                                end})
                                                """;

    @TempDir
    private Path directory;

    private void logIn() throws IOException {
        try (RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("client")))) {
            client.tryLogin(Login.clear("joe", "x"));
        }
    }

    @Test
    void jsonHasTheFieldsOfEachLine() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(directory, CONFIGURATION.formatted(directory), "--log=json")) {
            logIn();

            Map<String, String> end = read(proxy.awaitLine(line -> line.contains("\"event\":\"end\"")));
            assertThat(end).containsEntry("level", "info").containsEntry("account", "acme")
                    .containsEntry("cause", "connect_failed").containsEntry("phase", "connect").containsKey("time");
            assertThat(read(proxy.awaitLine(line -> line.contains("deciding")))).containsEntry("event", "script")
                    .containsEntry("level", "warn").containsEntry("script_n", "3").containsEntry("account", "acme")
                    .containsEntry("session", end.get("session"));
            assertThat(proxy.out()).first().asString().contains("\"message\":\"loading\"");
            assertThat(proxy.out()).noneMatch(line -> line.contains("\"level\":\"warn\""));
            assertThat(proxy.err()).noneMatch(line -> line.contains("\"level\":\"info\""));
        }
    }

    @Test
    void onlyAStreamToTheJournalHasPriorities() throws Exception {
        Path journal = Files.createFile(directory.resolve("journal"));
        List<String> launcher = List.of("sh", "-c",
                "export JOURNAL_STREAM=\"$(stat -c %d:%i \"$0\")\"; exec \"$@\" 2>\"$0\"", journal.toString());
        try (ProxyProcess proxy = ProxyProcess.start(launcher, directory, CONFIGURATION.formatted(directory))) {
            logIn();

            assertThat(proxy.awaitLine(line -> line.contains("cause=connect_failed"))).startsWith("[");
            Awaitility.await().untilAsserted(() -> assertThat(Files.readAllLines(journal))
                    .anyMatch(line -> line.startsWith("<4>[") && line.endsWith("\"acme\"] deciding n=3"))
                    .allMatch(line -> line.matches("<[34]>.+")));
        }
    }

    /** An object's members as text. */
    private static Map<String, String> read(String line) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory().createParser(line)) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                members.put(name, json.getText());
            }
            assertThat(json.nextToken()).isNull();
        }
        return members;
    }
}
