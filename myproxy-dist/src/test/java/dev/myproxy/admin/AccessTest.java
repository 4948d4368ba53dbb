package dev.myproxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.address.PeerCredentials;
import dev.myproxy.control.SenderRules;
import dev.myproxy.script.AdminOptions;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private static final int OWN = 500;

    private static final AdminPeer OWNER = unix(OWN);

    private final Access usual = new Access(AdminOptions.DEFAULT, OWN);

    private static AdminPeer unix(int uid) {
        return new AdminPeer(new Address.UnixPath(""), Optional.of(new PeerCredentials(1, uid, 100)));
    }

    private static AdminPeer tcp(String ip) {
        return new AdminPeer(Address.inet(InetAddress.ofLiteral(ip), 4711), Optional.empty());
    }

    private static Access access(int mode, String... rules) {
        return new Access(new AdminOptions(mode,
                Optional.of(Stream.of(rules).map(SenderRules::parse).toList()).filter(list -> !list.isEmpty()),
                Set.of("Status.example.com")), OWN);
    }

    /** @param headers names and values in turn */
    private static AdminRequest request(AdminPeer peer, String... headers) {
        MultiMap map = MultiMap.caseInsensitiveMultiMap().add("Host", "localhost");
        for (int i = 0; i < headers.length; i += 2) {
            map.set(headers[i], headers[i + 1]);
        }
        return request(peer, HttpMethod.POST, "/", map);
    }

    private static AdminRequest request(AdminPeer peer, HttpMethod method, String path, MultiMap map) {
        return new AdminRequest(peer, method, path, MultiMap.caseInsensitiveMultiMap(), map);
    }

    private static boolean reads(Access access, AdminPeer peer, String... headers) {
        return access.reads(request(peer, headers)).isEmpty();
    }

    private static boolean kills(Access access, AdminPeer peer, String... headers) {
        return access.changes(request(peer, headers), "kill").isEmpty();
    }

    @Test
    void aPrivateSocketIsForItsOwnerAndRoot() {
        assertThat(reads(usual, OWNER)).isTrue();
        assertThat(reads(usual, unix(0))).isTrue();
        assertThat(reads(usual, unix(501))).isFalse();
        assertThat(reads(usual, unix(-2))).isFalse();
    }

    @Test
    void aSocketThatIsOpenForOthersIsForThem() {
        assertThat(reads(access(0660), unix(501))).isTrue();
        assertThat(kills(access(0666), unix(501), "Myproxy-Intent", "kill")).isFalse();
    }

    @Test
    void rulesSayWhoMayAskBesidesTheOwner() {
        Access access = access(0666, "unix:uid=501", "10.0.0.0/8");

        assertThat(List.of(reads(access, unix(501)), reads(access, OWNER), reads(access, tcp("10.1.2.3"))))
                .containsOnly(true);
        assertThat(List.of(reads(access, unix(502)), reads(access, tcp("127.0.0.1")), reads(access, tcp("11.0.0.1"))))
                .containsOnly(false);
    }

    @Test
    void byTcpThisMachineReads() {
        assertThat(reads(usual, tcp("127.0.0.1"))).isTrue();
        assertThat(reads(usual, tcp("::1"))).isTrue();
        assertThat(reads(usual, tcp("192.168.1.1"))).isFalse();
    }

    @Test
    void aUnixSocketWithoutCredentialsIsForNobody() {
        assertThat(reads(access(0666), new AdminPeer(new Address.UnixPath(""), Optional.empty()))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:9101", "LocalHost", "a.localhost:1", "127.0.0.1:9101", "10.0.0.1",
            "[::1]:9101", "[fe80::1%eth0]", "status.example.com:80"})
    void namesThatNobodyCanMakeMeanThisMachineAreGood(String host) {
        assertThat(reads(access(0600), OWNER, "Host", host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "example.com:9101",
            "x.status.example.com", "[::1].evil.example", "localhost@evil.example"})
    void otherNamesAreNot(String host) {
        assertThat(access(0600).reads(request(OWNER, "Host", host)))
                .hasValueSatisfying(answer -> assertThat(answer.status().code()).isEqualTo(421));
    }

    @Test
    void pagesOfOthersGetNothing() {
        assertThat(reads(usual, OWNER, "Origin", "http://localhost", "Sec-Fetch-Site", "same-origin")).isTrue();
        assertThat(reads(usual, OWNER, "Sec-Fetch-Site", "none")).isTrue();
        assertThat(reads(usual, OWNER, "Sec-Fetch-Site", "cross-site")).isFalse();
        assertThat(reads(usual, OWNER, "Sec-Fetch-Site", "same-site")).isFalse();
        assertThat(reads(usual, OWNER, "Origin", "http://evil.example")).isFalse();
        assertThat(reads(usual, OWNER, "Origin", "null")).isFalse();
    }

    @Test
    void linksToThePageMayBeFollowed() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Host", "localhost")
                .add("Sec-Fetch-Site", "cross-site")
                .add("Sec-Fetch-Mode", "navigate").add("Sec-Fetch-Dest", "document");

        assertThat(usual.reads(request(OWNER, HttpMethod.GET, "/", headers))).isEmpty();
        assertThat(usual.reads(request(OWNER, HttpMethod.GET, "/api/sessions", headers))).isPresent();
        assertThat(usual.reads(request(OWNER, HttpMethod.POST, "/", headers))).isPresent();
        headers.set("Sec-Fetch-Dest", "iframe");
        assertThat(usual.reads(request(OWNER, HttpMethod.GET, "/", headers))).isPresent();
    }

    @Test
    void onlyTheOwnerAtAUnixSocketKills() {
        assertThat(kills(usual, OWNER, "Myproxy-Intent", "kill")).isTrue();
        assertThat(kills(usual, unix(0), "Myproxy-Intent", "kill")).isTrue();
        assertThat(kills(access(0600, "unix:any"), unix(501), "Myproxy-Intent", "kill")).isFalse();
        assertThat(kills(usual, tcp("127.0.0.1"), "Myproxy-Intent", "kill")).isFalse();
    }

    @Test
    void noBrowserKills() {
        assertThat(kills(usual, OWNER)).isFalse();
        assertThat(kills(usual, OWNER, "Myproxy-Intent", "look")).isFalse();
        assertThat(kills(usual, OWNER, "Myproxy-Intent", "kill", "Origin", "http://localhost")).isFalse();
        assertThat(kills(usual, OWNER, "Myproxy-Intent", "kill", "Sec-Fetch-Site", "same-origin")).isFalse();
        assertThat(kills(usual, OWNER, "Myproxy-Intent", "kill", "Host", "evil.example")).isFalse();
    }
}
