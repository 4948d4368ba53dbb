package dev.myproxy.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.it.EmbeddedMariaDb;
import dev.myproxy.it.MariaDbFiles;
import dev.myproxy.it.NewerMariaDb;
import dev.myproxy.it.ProxyProcess;
import dev.myproxy.it.RealMySql;
import dev.myproxy.it.TestedServer;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PasswordLogin;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import dev.myproxy.protocol.ByteString;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A daemon and the servers that it leads to: MariaDB with and without TLS, and where the machine has them a MySQL and a MariaDB
 * with newer plugins.
 */
final class Arena implements Closeable {

    /** An authentication plugin of servers, for which each client has an account of its own. */
    enum Plugin {
        NATIVE("native", "mysql_native_password"), ED25519("ed25519", "ed25519"),
        SHA2("sha2", "caching_sha2_password"), PARSEC("parsec", "parsec");

        private final String word;
        private final String title;

        Plugin(String word, String title) {
            this.word = word;
            this.title = title;
        }

        String title() {
            return title;
        }

        String account(String client) {
            return this == NATIVE ? client : client + "_" + word;
        }
    }

    /** What names of those begin with whose bytes the script tells. */
    static final String SHOWN = "show ";

    private static final String DIRECT = "_direct";
    private static final String SCRIPTED = "scripted";
    private static final String LOOPBACK = "127.0.0.1:";

    /** An address of this machine that is not loopback's, for which clients make exceptions. */
    private static final Optional<String> OUTWARD = outward();

    private final Path directory = Files.createTempDirectory("myproxy-matrix-");
    private final EmbeddedMariaDb plain = EmbeddedMariaDb.shared();
    private final EmbeddedMariaDb encrypted;
    private final Optional<EmbeddedMariaDb> newer;
    private final Optional<RealMySql> mySql;
    private final Optional<RealMySql> plainMySql;
    private final int plainPort = Endpoints.freePort();
    private final int tlsPort = Endpoints.freePort();
    private final int mySqlPort = Endpoints.freePort();
    private final int hashPort = Endpoints.freePort();
    private final int hashTlsPort = Endpoints.freePort();
    private final Sha2Server scripted;
    private final ProxyProcess proxy;

    Arena(List<LoginClient> clients) throws IOException, InterruptedException {
        try (Servers starting = new Servers()) {
            Supplier<EmbeddedMariaDb> withTls = starting.start(() -> EmbeddedMariaDb.start("--ssl",
                    "--bind-address=" + OUTWARD.orElse("127.0.0.1")));
            Optional<Supplier<EmbeddedMariaDb>> withPlugins = NewerMariaDb.present()
                    ? Optional.of(starting.start(EmbeddedMariaDb::sharedNewer))
                    : Optional.empty();
            Optional<Supplier<RealMySql>> withoutTls = RealMySql.available()
                    ? Optional.of(starting.start(() -> RealMySql.start("--tls-version=")))
                    : Optional.empty();
            mySql = RealMySql.available() ? Optional.of(RealMySql.shared()) : Optional.empty();
            encrypted = withTls.get();
            newer = withPlugins.map(Supplier::get);
            plainMySql = withoutTls.map(Supplier::get);
        }
        createAccounts(clients);
        scripted = new Sha2Server(plain, directory);
        proxy = ProxyProcess.start(directory, configuration());
        awaitKey();
    }

    /** Until the daemon has made its RSA key, for which not all clients wait if the machine has much else to do. */
    private void awaitKey() throws IOException {
        try (RawClient client = RawClient.connect(Endpoints.tcp(plainPort)).limit(Duration.ofMinutes(2))) {
            Packet answer = new PasswordLogin(AnyBytes.user(SHOWN, 0).toByteArray(), new byte[]{'x'}).overTcp(client);
            assertThat(answer.err().message()).endsWith(AnyBytes.sum(ByteString.of("x")));
        }
    }

    private String configuration() throws IOException {
        Map<Plugin, Address> servers = new EnumMap<>(Map.of(Plugin.NATIVE, plain.socket()));
        newer.ifPresent(db -> {
            servers.put(Plugin.ED25519, db.socket());
            servers.put(Plugin.PARSEC, db.socket());
        });
        servers.put(Plugin.SHA2, mySql.map(RealMySql::socket).orElse(scripted.socket()));
        List<String> entries = new ArrayList<>(List.of(SCRIPTED + " = '" + scripted.tcp() + "'"));
        servers.forEach((plugin, address) -> entries.add(plugin.word + " = '" + address + "'"));
        List<String> hashes = Stream.of(StoredHash.values()).map(hash -> hash.word() + " = '" + hash.text() + "'")
                .toList();
        return Files.readString(ScriptedClient.resource("matrix.lua")).replace("DIRECTORY", directory.toString())
                .replace("SERVERS", String.join(", ", entries)).replace("HASHES", String.join(", ", hashes))
                .replace("HASH_PORT", Integer.toString(hashPort))
                .replace("HASH_TLS_PORT", Integer.toString(hashTlsPort))
                .replace("PLAIN_PORT", Integer.toString(plainPort))
                .replace("TLS_PORT", Integer.toString(tlsPort)).replace("MYSQL_PORT", Integer.toString(mySqlPort))
                .replace("VERSION", mySql.isPresent() ? mySql.get().value("SELECT VERSION()") : "");
    }

    private void createAccounts(List<LoginClient> clients) throws IOException {
        for (TestedServer server : List.of(plain, encrypted)) {
            server.execute(clients.stream().map(LoginClient::key).map(key -> "CREATE OR REPLACE USER '" + key + "'@'%' "
                    + identified("mysql_native_password") + ", '" + key + "_empty'@'%'").toArray(String[]::new));
        }
        String oddHash = Scrambles.nativeHash(AnyBytes.PASSWORDS.getLast().toByteArray());
        for (LoginClient client : clients) {
            String key = client.key();
            List<String> same = Stream.concat(Stream.of(StoredHash.values()).map(hash -> hash.account(key)),
                    Stream.of(Plugin.SHA2.account(key), key + DIRECT, scripted(key))).toList();
            plain.execute(same.stream().map(name -> "CREATE OR REPLACE USER '" + name + "'@'%' "
                    + identified("mysql_native_password")).toArray(String[]::new));
            plain.execute("CREATE OR REPLACE USER '" + odd(key) + "'@'%' IDENTIFIED BY PASSWORD '" + oddHash + "'");
        }
        if (newer.isPresent()) {
            for (Plugin plugin : List.of(Plugin.ED25519, Plugin.PARSEC)) {
                newer.get().execute(clients.stream().map(LoginClient::key).map(key -> "CREATE OR REPLACE USER '"
                        + plugin.account(key) + "'@'%' " + identified(plugin.title)).toArray(String[]::new));
            }
        }
        for (RealMySql server : Stream.of(mySql, plainMySql).flatMap(Optional::stream).toList()) {
            server.execute(clients.stream().map(LoginClient::key).flatMap(key -> Stream.of(
                    Plugin.SHA2.account(key), key + DIRECT)).map(name -> "CREATE USER '" + name
                            + "'@'%' IDENTIFIED BY '" + Password.RIGHT.text() + "'")
                    .toArray(String[]::new));
        }
    }

    private static String identified(String plugin) {
        return "IDENTIFIED VIA " + plugin + " USING PASSWORD('" + Password.RIGHT.text() + "')";
    }

    private static Optional<String> outward() {
        try {
            return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress).findFirst();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The account whose password is the last of {@link AnyBytes#PASSWORDS}. */
    static String odd(String client) {
        return client + "_odd";
    }

    /** Whether clients can connect as if over a network. */
    static boolean hasNetwork() {
        return OUTWARD.isPresent();
    }

    private static String host() {
        return OUTWARD.map(host -> host + ":").orElse(LOOPBACK);
    }

    /** Whether there is a server with accounts of a plugin. */
    boolean has(Plugin plugin) {
        return switch (plugin) {
            case NATIVE, SHA2 -> true;
            case ED25519, PARSEC -> newer.isPresent();
        };
    }

    /** Through the daemon. */
    Attempt proxied(Way way, String user, Password password) {
        String place = switch (way) {
            case UNIX -> directory.resolve("socket").toString();
            case TCP -> LOOPBACK + plainPort;
            case TLS -> host() + tlsPort;
        };
        return new Attempt(way, place, user, password.text());
    }

    /** Through the daemon, by TLS, to a server with a plugin. */
    Attempt to(Plugin plugin, String client) {
        boolean isMySql = plugin == Plugin.SHA2 && mySql.isPresent();
        return new Attempt(Way.TLS, LOOPBACK + (isMySql ? mySqlPort : tlsPort), plugin.account(client),
                Password.RIGHT.text());
    }

    /** Through the daemon, by TLS, to the scripted server with caching_sha2_password. */
    Attempt toScripted(String client) {
        return new Attempt(Way.TLS, LOOPBACK + tlsPort, scripted(client), Password.RIGHT.text());
    }

    /** The account at the scripted server. */
    static String scripted(String client) {
        return client + "_" + SCRIPTED;
    }

    /** What clients have proved at the scripted server. */
    List<Sha2Server.Proof> proofs(String client) {
        return scripted.proofs(scripted(client));
    }

    /** At a listener whose script has hashes. */
    Attempt hashed(Way way, String user, Password password) {
        String place = switch (way) {
            case UNIX -> directory.resolve("hash").toString();
            case TCP -> LOOPBACK + hashPort;
            case TLS -> host() + hashTlsPort;
        };
        return new Attempt(way, place, user, password.text());
    }

    /** Through the daemon, as if from the same machine. */
    Attempt near(Way way, ByteString user, ByteString password) {
        String place = switch (way) {
            case UNIX -> directory.resolve("socket").toString();
            case TCP -> LOOPBACK + plainPort;
            case TLS -> LOOPBACK + tlsPort;
        };
        return new Attempt(way, place, user, password);
    }

    /** At a MariaDB, over its Unix socket. */
    Attempt direct(ByteString user, ByteString password) {
        return new Attempt(Way.UNIX, place(Way.UNIX, plain.socket(), plain.port()), user, password);
    }

    /** At a MariaDB. */
    Attempt direct(Way way, String user, Password password) {
        EmbeddedMariaDb server = way == Way.TCP ? plain : encrypted;
        String place = way == Way.TLS ? host() + server.port() : place(way, server.socket(), server.port());
        return new Attempt(way, place, user, password.text());
    }

    /**
     * At a server with an account of caching_sha2_password: a MySQL, or the scripted one where there is none. By plain TCP it has
     * no TLS.
     */
    Optional<Attempt> atMySql(Way way, String client) {
        Optional<String> place = (way == Way.TCP ? plainMySql : mySql)
                .map(server -> place(way, server.socket(), server.port()));
        return place.or(() -> way == Way.TLS
                ? Optional.empty()
                : Optional.of(place(way, scripted.socket(), ((Address.Inet) scripted.tcp()).socket().getPort())))
                .map(where -> new Attempt(way, where, client + DIRECT, Password.RIGHT.text()));
    }

    private static String place(Way way, Address socket, int port) {
        return way == Way.UNIX ? ((Address.UnixPath) socket).path() : LOOPBACK + port;
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        scripted.close();
        encrypted.close();
        if (plainMySql.isPresent()) {
            plainMySql.get().close();
        }
        MariaDbFiles.delete(directory);
    }
}
