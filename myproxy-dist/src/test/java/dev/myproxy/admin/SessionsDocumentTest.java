package dev.myproxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.address.Address;
import dev.myproxy.address.PeerCredentials;
import dev.myproxy.session.SessionSnapshot;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsDocumentTest {

    private final List<SessionSnapshot> all = List.of(Rows.session(1, "joe"), Rows.session(2, "<b>Jim</b>"),
            Rows.newcomer(3));

    /** @param parameters names and values in turn */
    private static SessionFilter filter(String... parameters) throws BadRequestException {
        MultiMap map = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < parameters.length; i += 2) {
            map.add(parameters[i], parameters[i + 1]);
        }
        return SessionFilter.of(new AdminRequest(
                new AdminPeer(new Address.UnixPath(""), Optional.of(new PeerCredentials(1, 0, 0))), HttpMethod.GET,
                "/api/sessions", map, MultiMap.caseInsensitiveMultiMap()));
    }

    private JsonObject document(String... parameters) throws BadRequestException {
        return SessionsDocument.of(all, filter(parameters)).toJsonObject();
    }

    private List<Long> ids(String... parameters) throws BadRequestException {
        return document(parameters).getJsonArray("sessions").stream()
                .map(session -> ((JsonObject) session).getLong("id")).toList();
    }

    @Test
    void hasThisShape() throws BadRequestException {
        assertThat(document().encode()).isEqualTo("{\"api\":1,\"total\":3,\"matching\":3,\"sessions\":["
                + "{\"id\":1,\"account\":\"joe\",\"client\":\"pid=1 uid=1000\",\"tls\":null,\"listener\":\"@myproxy\",\"proxy\":null,\"server\":\"10.0.0.1:3306\",\"server_tls\":null,"
                + "\"read_only\":false,\"phase\":\"command\",\"phase_seconds\":3.0,\"age_seconds\":99.999,\"received_bytes\":1000,"
                + "\"sent_bytes\":20000,\"queries\":2},"
                + "{\"id\":2,\"account\":\"<b>Jim</b>\",\"client\":\"pid=2 uid=1000\",\"tls\":null,\"listener\":\"@myproxy\",\"proxy\":null,\"server\":\"10.0.0.1:3306\",\"server_tls\":null,"
                + "\"read_only\":false,\"phase\":\"command\",\"phase_seconds\":3.0,\"age_seconds\":99.998,\"received_bytes\":2000,"
                + "\"sent_bytes\":40000,\"queries\":4},"
                + "{\"id\":3,\"account\":null,\"client\":\"192.168.0.9:50000\",\"tls\":null,\"listener\":\"/run/my.sock\",\"proxy\":null,\"server\":null,\"server_tls\":null,"
                + "\"read_only\":true,\"phase\":\"greeting\",\"phase_seconds\":0.005,\"age_seconds\":0.007,\"received_bytes\":0,"
                + "\"sent_bytes\":0,\"queries\":0}]}");
    }

    @Test
    void saysWhatIsEncryptedAndWhoIsBetween() throws BadRequestException {
        JsonObject session = SessionsDocument.of(List.of(Rows.encrypted(7)), filter()).toJsonObject()
                .getJsonArray("sessions").getJsonObject(0);

        assertThat(session.getString("client")).isEqualTo("203.0.113.7:50000");
        assertThat(session.getString("proxy")).isEqualTo("10.0.0.250:41000");
        assertThat(session.getJsonObject("tls").encode()).isEqualTo("{\"version\":\"TLSv1.3\","
                + "\"cipher\":\"TLS_AES_128_GCM_SHA256\",\"server_name\":\"db.example.org\","
                + "\"subject\":\"CN=web,O=Example\",\"fingerprint\":\"" + "ab".repeat(32) + "\"}");
        assertThat(session.getJsonObject("server_tls").encode()).isEqualTo(
                "{\"version\":\"TLSv1.2\",\"cipher\":\"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cn=WEB", "10.0.0.250", "203.0.113.7:50000"})
    void findsCertificatesAndBalancers(String text) throws BadRequestException {
        List<SessionSnapshot> sessions = List.of(Rows.session(1, "joe"), Rows.encrypted(2));

        assertThat(SessionsDocument.of(sessions, filter("search", text)).toJsonObject().getInteger("matching"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"account,joe,1", "account,JOE,", "account,jo,", "server,10.0.0.1:3306,1 2", "server,10.0.0.1,1 2",
            "server,10.0.0,", "phase,greeting,3", "phase,command,1 2", "search,JIM,2", "search,my.sock,3",
            "search,uid=1000,1 2", "search,10.0.0.1,1 2", "search,nobody,", "search,'',1 2 3", "limit,2,1 2",
            "limit,0,"})
    void showsWhatIsAskedFor(String name, String value, String ids) throws BadRequestException {
        List<Long> expected = ids == null ? List.of() : List.of(ids.split(" ")).stream().map(Long::valueOf).toList();

        assertThat(ids(name, value)).isEqualTo(expected);
    }

    @Test
    void filtersHoldTogether() throws BadRequestException {
        assertThat(ids("server", "10.0.0.1", "search", "jim")).containsExactly(2L);
        JsonObject limited = document("server", "10.0.0.1", "limit", "1");
        assertThat(limited.getInteger("matching")).isEqualTo(2);
        assertThat(limited.getInteger("total")).isEqualTo(3);
    }

    @Test
    void showsTheOldestThousand() throws BadRequestException {
        List<SessionSnapshot> many = new ArrayList<>(Rows.sessions(3000));
        Collections.shuffle(many, new Random(1));

        JsonObject document = SessionsDocument.of(many, filter()).toJsonObject();

        assertThat(document.getInteger("matching")).isEqualTo(3000);
        assertThat(document.getJsonArray("sessions")).hasSize(1000).extracting(s -> ((JsonObject) s).getLong("id"))
                .startsWith(1L, 2L, 3L).endsWith(1000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"acount|x|Unknown parameter \"acount\"; did you mean \"account\"?",
            "phase|comand|Unknown phase \"comand\" (phases: proxy_header, accept,",
            "limit|-1|limit must be a number from 0",
            "limit|x|limit must be a number from 0", "limit|100001|limit must be a number from 0 to 100000"})
    void saysWhatMakesNoSense(String name, String value, String message) {
        assertThatThrownBy(() -> filter(name, value)).isInstanceOf(BadRequestException.class)
                .hasMessageContaining(message);
    }

    @Test
    void isSafeForTerminals() throws BadRequestException {
        List<SessionSnapshot> odd = List.of(Rows.session(1, "\u001b[2J\u009b\u202eäöü\n"));

        String text = SessionsDocument.of(odd, filter()).toString(StandardCharsets.UTF_8);

        assertThat(text).matches("[ -~]*").contains("\\u001B[2J\\u009B\\u202E");
        assertThat(new JsonObject(text).getJsonArray("sessions").getJsonObject(0).getString("account"))
                .isEqualTo("\u001b[2J\u009b\u202eäöü\n");
    }
}
