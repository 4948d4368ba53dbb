package dev.myproxy.it.matrix;

import dev.myproxy.it.matrix.Arena.Plugin;
import dev.myproxy.it.matrix.ClientsPage.Table;
import dev.myproxy.it.matrix.Played.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tables of the manual's page about clients. */
final class ClientTables {

    private static final List<Way> WAYS = List.of(Way.UNIX, Way.TCP, Way.TLS);

    private final List<LoginClient> clients;
    private final Map<LoginClient, Played> played;
    private final List<Table> tables = new ArrayList<>();

    private ClientTables(List<LoginClient> clients, Map<LoginClient, Played> played) {
        this.clients = clients;
        this.played = played;
    }

    /**
     * The page anew.
     *
     * @param played   what came of those that are installed
     * @param versions of those whose version is to be renewed
     * @param old      the page as it is
     */
    static String page(List<LoginClient> clients, Map<LoginClient, Played> played, Map<LoginClient, String> versions,
            String old) throws IOException {
        ClientTables page = new ClientTables(clients, played);
        for (Way way : WAYS) {
            page.add(way.title(), way.word(), Stream.of(Password.values()).map(Password::title).toList(),
                    one -> Stream.of(Password.values()).map(password -> Optional.of(one.proxied(way, password)))
                            .toList());
        }
        page.add("Stored hashes", "hashes", hashes((hash, way) -> hash.title() + " " + way.title()),
                one -> hashes((hash, way) -> Optional.of(one.of(new Login.Hashed(hash, way, Password.RIGHT)))));
        page.add("Accounts of servers", "servers", Stream.of(Plugin.values()).map(Plugin::title).toList(),
                one -> Stream.of(Plugin.values()).map(one::to).toList());
        page.versions(versions);
        return ClientsPage.renewed(resource("head"), page.tables, resource("foot"), old);
    }

    /** A column for each. */
    private static <T> List<T> hashes(java.util.function.BiFunction<StoredHash, Way, T> column) {
        return Stream.of(StoredHash.values()).flatMap(hash -> WAYS.stream().map(way -> column.apply(hash, way)))
                .toList();
    }

    private void add(String title, String text, List<String> header, Function<Played, List<Optional<Outcome>>> cells)
            throws IOException {
        Map<String, List<Optional<String>>> rows = new LinkedHashMap<>();
        for (LoginClient client : clients) {
            rows.put(client.title(), Optional.ofNullable(played.get(client)).map(cells)
                    .map(row -> row.stream().map(cell -> cell.map(Outcome::cell)).toList())
                    .orElseGet(() -> Collections.nCopies(header.size(), Optional.empty())));
        }
        tables.add(new Table(title, resource(text), header, rows));
    }

    private void versions(Map<LoginClient, String> versions) throws IOException {
        Map<String, List<Optional<String>>> rows = new LinkedHashMap<>();
        for (LoginClient client : clients) {
            rows.put(client.title(),
                    List.of(Optional.ofNullable(versions.get(client)), Optional.of(client.tlsSwitch())));
        }
        tables.add(new Table("Versions", resource("versions"), List.of("version", "switch for TLS"), rows));
    }

    private static String resource(String name) throws IOException {
        return Files.readString(ScriptedClient.resource("page/" + name + ".txt"));
    }
}
