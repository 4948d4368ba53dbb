package dev.myproxy.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.it.matrix.Arena.Plugin;
import dev.myproxy.it.matrix.Played.Login;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients with no option but where, who, password and their usual switch for TLS can't tell the daemon from a server. The
 * table of the manual says what they get; {@code -Dmyproxy.generate=true} writes it anew.
 */
class ClientMatrixIT {

    private static final Path PAGE = Path.of("../docs/clients.md");
    /** The daemon's word for a password in clear; a server takes what it can't decrypt for a wrong password. */
    private static final String CLEARTEXT = "1251";

    private static final List<LoginClient> CLIENTS = LoginClients.all();
    private static final Map<LoginClient, String> VERSIONS = new LinkedHashMap<>();
    private static final Map<LoginClient, Played> PLAYED = new ConcurrentHashMap<>();
    private static final Map<LoginClient, List<Sha2Server.Proof>> PROOFS = new LinkedHashMap<>();
    private static final ResourceLeakDetector.Level LEVEL = ResourceLeakDetector.getLevel();

    @BeforeAll
    static void play() throws IOException, InterruptedException, ExecutionException {
        // Vert.x's client loses buffers of passwords.
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        CLIENTS.stream().filter(client -> Arena.hasNetwork() || !client.verifies())
                .forEach(client -> client.version().ifPresent(version -> VERSIONS.put(client, version)));
        try (Arena arena = new Arena(List.copyOf(VERSIONS.keySet()));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> all = new ArrayList<>();
            for (LoginClient client : VERSIONS.keySet()) {
                all.add(threads.submit(() -> PLAYED.put(client, Played.by(client, arena))));
            }
            for (Future<?> one : all) {
                one.get();
            }
            VERSIONS.keySet().forEach(client -> PROOFS.put(client, arena.proofs(client.key())));
        }
    }

    @AfterAll
    static void watchBuffersAgain() {
        ResourceLeakDetector.setLevel(LEVEL);
    }

    static Stream<LoginClient> clients() {
        return CLIENTS.stream();
    }

    static Stream<LoginClient> clientsOfBytes() {
        return clients().filter(client -> !client.waysOfBytes().isEmpty());
    }

    private static Played played(LoginClient client) {
        Optional<Played> played = Optional.ofNullable(PLAYED.get(client));
        assumeTrue(played.isPresent(),
                () -> client.title() + " is not installed (" + client.source()
                        + "), or there is no network for it; its rows stay as they are");
        return played.orElseThrow();
    }

    /** In, or kept out by the client itself, as it would be by a server. */
    @ParameterizedTest
    @MethodSource("clients")
    void goodPasswordsLetIn(LoginClient client) {
        Played played = played(client);
        for (Way way : Played.WAYS) {
            for (Password password : List.of(Password.RIGHT, Password.EMPTY)) {
                Outcome proxied = played.proxied(way, password);
                if (client.verifies() && way == Way.TLS && proxied.said().contains("self-signed certificate")) {
                    // It believes a server that proves to know the password, before it tells that.
                    assertThat(password).isEqualTo(Password.RIGHT);
                } else if (proxied.isIn()) {
                    assertThat(proxied.said()).isEqualTo(password.account(client.key()) + "@%");
                } else {
                    Predicate<Outcome> same = direct -> proxied.code().equals(CLEARTEXT)
                            ? !direct.isIn()
                            : direct.masked().equals(proxied.masked());
                    assertThat(Stream.of(Optional.of(played.direct(way, password)), played.atMySql(way))
                            .flatMap(Optional::stream))
                            .as("%s by %s with %s password gets %s; directly", client.title(),
                                    way, password, proxied)
                            .anyMatch(same);
                }
            }
        }
    }

    /** What a server says, or what keeps the client from asking it. */
    @ParameterizedTest
    @MethodSource("clients")
    void badPasswordsAreWhatTheyAreAtAServer(LoginClient client) {
        Played played = played(client);
        for (Way way : Played.WAYS) {
            for (Password password : List.of(Password.WRONG, Password.MISSING)) {
                Outcome proxied = played.proxied(way, password);
                String what = client.title() + " by " + way + " with " + password + " password";
                if (proxied.isDenied(client.key())) {
                    Outcome direct = played.direct(way, password);
                    // A client that can't do the plugin of the server's account still can log in to the daemon.
                    assertThat(direct.isDenied(client.key()) ? direct.masked().said() : proxied.masked().said())
                            .as(what)
                            .isEqualTo(proxied.masked().said());
                    assertThat(direct.isIn()).as(what).isFalse();
                } else {
                    assertThat(proxied.masked()).as(what).isEqualTo(played.proxied(way, Password.RIGHT).masked());
                    assertThat(proxied.isIn()).as(what).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void serversOfAllPluginsAreReached(LoginClient client) {
        Played played = played(client);
        for (Plugin plugin : Plugin.values()) {
            played.to(plugin).ifPresent(outcome -> assertThat(outcome).as("%s to %s", client.title(), plugin)
                    .isEqualTo(Outcome.in(plugin.account(client.key()) + "@%")));
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void theArithmeticOfCachingSha2IsThatOfServers(LoginClient client) {
        Played played = played(client);
        for (int time = 0; time < Played.TIMES; time++) {
            assertThat(played.of(new Login.Again(time))).as("%s, time %d", client.title(), time)
                    .isEqualTo(Outcome.in(Arena.scripted(client.key()) + "@%"));
        }
        assertThat(PROOFS.get(client)).containsExactly(Sha2Server.Proof.FULL, Sha2Server.Proof.FAST);
    }

    /** Or whoever is kept out is so because of the way, as by a listener without hashes. */
    @ParameterizedTest
    @MethodSource("clients")
    void storedHashesLetIn(LoginClient client) {
        Played played = played(client);
        for (StoredHash hash : StoredHash.values()) {
            for (Way way : Played.WAYS) {
                Outcome right = played.of(new Login.Hashed(hash, way, Password.RIGHT));
                if (client.verifies() && right.said().contains(Outcome.UNTRUSTED)) {
                    assertThat(way).isEqualTo(Way.TLS);
                } else if (client.keepsFirstSalt() && hash == StoredHash.SHA2 && way != Way.TLS) {
                    // The daemon's own words, before the script has compared anything.
                    assertThat(right.said())
                            .matches("Access denied for user 'vertx_crypt'@'(127\\.0\\.0\\.1|localhost)'.*");
                } else {
                    assertThat(right.masked()).as("%s by %s with %s", client.title(), way, hash)
                            .isIn(Outcome.in(hash.account(client.key()) + "@%"),
                                    played.proxied(way, Password.RIGHT).masked());
                }
            }
            Outcome right = played.of(new Login.Hashed(hash, Way.TLS, Password.RIGHT));
            Outcome wrong = played.of(new Login.Hashed(hash, Way.TLS, Password.WRONG));
            assertThat(wrong.isIn()).isFalse();
            assertThat(wrong.isDenied(hash.account(client.key())) || wrong.masked().equals(right.masked()))
                    .as("%s with %s and another password gets %s", client.title(), hash, wrong).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("clientsOfBytes")
    void usersAndPasswordsMayBeAnyBytes(LoginClient client) {
        Played played = played(client);
        for (Way way : client.waysOfBytes()) {
            for (int i = 0; i < AnyBytes.PASSWORDS.size(); i++) {
                assertThat(played.of(new Login.Shown(way, i)).said()).as("%s by %s", client.title(), way)
                        .endsWith(AnyBytes.sum(AnyBytes.user(Arena.SHOWN, i)) + " "
                                + AnyBytes.sum(AnyBytes.PASSWORDS.get(i)));
            }
            assertThat(played.of(new Login.Odd(way))).as("%s by %s", client.title(), way)
                    .isEqualTo(Outcome.in(Arena.odd(client.key()) + "@%"));
        }
        for (int i = 0; i < AnyBytes.USERS.size(); i++) {
            Outcome proxied = played.of(new Login.Nobody(i, true));
            Outcome direct = played.of(new Login.Nobody(i, false));
            assertThat(proxied.code()).isEqualTo("1045");
            if (direct.code().equals("1045")) {
                assertThat(ascii(proxied)).as(client.title()).isEqualTo(ascii(direct));
            } else {
                // It lacks the plugin of MariaDB's accounts.
                assertThat(direct.said()).contains("mysql_native_password");
            }
        }
    }

    /** Without what character sets differ in: PHP takes that of the greeting for its own. */
    private static String ascii(Outcome outcome) {
        return outcome.said().replaceAll("[^\\x00-\\x7f]", "?");
    }

    @Test
    void theManualSaysSo() throws IOException {
        boolean generate = Boolean.getBoolean("myproxy.generate");
        String old = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        String wanted = ClientTables.page(CLIENTS, PLAYED, generate ? VERSIONS : Map.of(), old);
        if (generate) {
            Files.writeString(PAGE, wanted);
            old = wanted;
        }

        assertThat(old)
                .as("docs/clients.md is out of date; renew it with: ./mvnw verify -pl myproxy-dist -am -Dtest=none "
                        + "-Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ClientMatrixIT -Dmyproxy.generate=true")
                .isEqualTo(wanted);
    }
}
