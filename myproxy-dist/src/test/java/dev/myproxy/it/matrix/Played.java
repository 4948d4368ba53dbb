package dev.myproxy.it.matrix;

import dev.myproxy.it.matrix.Arena.Plugin;
import dev.myproxy.protocol.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What came of all logins of one client. */
record Played(Map<Login, Outcome> outcomes) {

    /** The ways of the tables. */
    static final List<Way> WAYS = List.of(Way.TCP, Way.UNIX, Way.TLS);

    /** How often a client logs in to the scripted server: the first time in full, then fast. */
    static final int TIMES = 2;

    /** What a login is for. */
    sealed interface Login {

        /** Through the daemon, to a server with native accounts. */
        record Proxied(Way way, Password password) implements Login {}

        /** The same without the daemon. */
        record Direct(Way way, Password password) implements Login {}

        /** Without the daemon at a server with caching_sha2_password. */
        record AtMySql(Way way) implements Login {}

        /** Through the daemon, by TLS, to a server with a plugin. */
        record To(Plugin plugin) implements Login {}

        /** As that, to the scripted server with caching_sha2_password, once more each time. */
        record Again(int time) implements Login {}

        /** Through a listener of the daemon that has a hash of the password. */
        record Hashed(StoredHash hash, Way way, Password password) implements Login {}

        /** One of {@link AnyBytes#PASSWORDS}, which the daemon's script tells what it has got of. */
        record Shown(Way way, int number) implements Login {}

        /** Through the daemon, with the last of these passwords. */
        record Odd(Way way) implements Login {}

        /** One of {@link AnyBytes#USERS}, who is nobody at the server. */
        record Nobody(int number, boolean proxied) implements Login {}
    }

    /** Lets a client try everything. */
    static Played by(LoginClient client, Arena arena) throws IOException, InterruptedException {
        Map<Login, Attempt> plan = new LinkedHashMap<>();
        // By plain TCP first: later on a MySQL remembers the password, and asks for less.
        for (Way way : WAYS) {
            arena.atMySql(way, client.key()).ifPresent(attempt -> plan.put(new Login.AtMySql(way), attempt));
            for (Password password : Password.values()) {
                String user = password.account(client.key());
                plan.put(new Login.Proxied(way, password), arena.proxied(way, user, password));
                plan.put(new Login.Direct(way, password), arena.direct(way, user, password));
            }
        }
        for (Plugin plugin : Plugin.values()) {
            if (arena.has(plugin)) {
                plan.put(new Login.To(plugin), arena.to(plugin, client.key()));
            }
        }
        for (int time = 0; time < TIMES; time++) {
            plan.put(new Login.Again(time), arena.toScripted(client.key()));
        }
        for (StoredHash hash : StoredHash.values()) {
            String user = hash.account(client.key());
            for (Way way : WAYS) {
                plan.put(new Login.Hashed(hash, way, Password.RIGHT), arena.hashed(way, user, Password.RIGHT));
            }
            plan.put(new Login.Hashed(hash, Way.TLS, Password.WRONG), arena.hashed(Way.TLS, user, Password.WRONG));
        }
        planBytes(plan, client, arena);
        List<Outcome> outcomes = client.logIn(List.copyOf(plan.values()), arena.directory());
        Map<Login, Outcome> all = new LinkedHashMap<>();
        List<Login> logins = new ArrayList<>(plan.keySet());
        for (int i = 0; i < logins.size(); i++) {
            all.put(logins.get(i), outcomes.get(i));
        }
        return new Played(all);
    }

    private static void planBytes(Map<Login, Attempt> plan, LoginClient client, Arena arena) {
        for (Way way : client.waysOfBytes()) {
            for (int i = 0; i < AnyBytes.PASSWORDS.size(); i++) {
                plan.put(new Login.Shown(way, i),
                        arena.near(way, AnyBytes.user(Arena.SHOWN, i), AnyBytes.PASSWORDS.get(i)));
            }
            plan.put(new Login.Odd(way), arena.near(way, ByteString.of(Arena.odd(client.key())),
                    AnyBytes.PASSWORDS.getLast()));
        }
        if (!client.waysOfBytes().isEmpty()) {
            for (int i = 0; i < AnyBytes.USERS.size(); i++) {
                ByteString user = AnyBytes.user("", i);
                plan.put(new Login.Nobody(i, true), arena.near(Way.UNIX, user, AnyBytes.PASSWORDS.get(1)));
                plan.put(new Login.Nobody(i, false), arena.direct(user, AnyBytes.PASSWORDS.get(1)));
            }
        }
    }

    /** What came of a login that was tried. */
    Outcome of(Login login) {
        return Objects.requireNonNull(outcomes.get(login));
    }

    Outcome proxied(Way way, Password password) {
        return of(new Login.Proxied(way, password));
    }

    Outcome direct(Way way, Password password) {
        return of(new Login.Direct(way, password));
    }

    /** Nothing where there is no MySQL, and the scripted server can't do it. */
    Optional<Outcome> atMySql(Way way) {
        return Optional.ofNullable(outcomes.get(new Login.AtMySql(way)));
    }

    /** Nothing where there is no such server. */
    Optional<Outcome> to(Plugin plugin) {
        return Optional.ofNullable(outcomes.get(new Login.To(plugin)));
    }
}
