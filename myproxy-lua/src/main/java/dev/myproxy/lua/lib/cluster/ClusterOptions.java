package dev.myproxy.lua.lib.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Secret;
import dev.myproxy.cluster.CheckSettings;
import dev.myproxy.cluster.ClusterSettings;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.LinkOptions;
import dev.myproxy.lua.lib.OptionSet;
import dev.myproxy.lua.lib.Options;
import dev.myproxy.protocol.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** The second argument of {@code mysql_cluster}. */
final class ClusterOptions {

    static final OptionSet KEYS = new OptionSet("ClusterOptions", "check", "disconnect_unavailable", "fall", "galera",
            "group_replication", "interval", "max_lag", "monitoring", "name", "no_read_only", "password",
            LinkOptions.PROXY_PROTOCOL, "ready_timeout", "rise", "timeout", LinkOptions.TLS, "user", "weights");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /** What only checks can find out, after they have logged in. */
    private static final List<String> NEED_USER = List.of("password", "no_read_only", "check", "max_lag", "galera",
            "group_replication");

    /** What says nothing if nobody watches the nodes. */
    private static final List<String> NEED_MONITORING = List.of("user", "password", "no_read_only",
            "disconnect_unavailable", "check", "max_lag", "galera", "group_replication", "interval", "timeout", "rise",
            "fall", "ready_timeout");

    private static final double SHORTEST = 0.1;
    private static final double LONGEST_INTERVAL = 86_400;
    private static final double LONGEST_TIMEOUT = 3_600;
    private static final double MAX_LAG = 604_800;
    private static final int MAX_COUNT = 100;
    private static final int MAX_CHECK_BYTES = 65_536;

    private final LuaArgs args;
    private final int number;
    private final Options options;

    private ClusterOptions(LuaArgs args, int number) {
        this.args = args;
        this.number = number;
        this.options = KEYS.read(args, number);
    }

    /**
     * Reads an argument, which may be missing.
     *
     * @param servers the nodes
     */
    static ClusterSettings read(LuaArgs args, int number, List<Address> servers) {
        return new ClusterOptions(args, number).settings(servers);
    }

    private ClusterSettings settings(List<Address> servers) {
        boolean monitoring = flagInBackticks("monitoring");
        boolean disconnectUnavailable = flagInBackticks("disconnect_unavailable");
        ClusterSettings.Monitoring how = monitoring();
        Map<Address, Double> weights = Weights.read(options, servers);
        Optional<String> name = name();
        if (monitoring) {
            require(NEED_USER, "user", how.check().login().isPresent());
            exclude("galera", "group_replication");
        } else {
            require(NEED_MONITORING, "monitoring", false);
        }
        return new ClusterSettings(name, Optional.of(how).filter(_ -> monitoring), disconnectUnavailable, weights,
                LinkOptions.read(options));
    }

    private ClusterSettings.Monitoring monitoring() {
        return new ClusterSettings.Monitoring(check(),
                seconds("interval", SHORTEST, LONGEST_INTERVAL)
                        .orElse(ClusterSettings.Monitoring.DEFAULT_INTERVAL),
                count("rise", 1), count("fall", 1), seconds("ready_timeout", SHORTEST, LONGEST_TIMEOUT)
                        .orElse(ClusterSettings.Monitoring.DEFAULT_READY_TIMEOUT));
    }

    private CheckSettings check() {
        Optional<ByteString> user = options.string("user").map(ByteString::untilNul)
                .filter(name -> !name.isEmpty());
        Secret password = options.string("password").map(text -> Secret.wrap(text.toByteArray()))
                .orElseGet(Secret::empty);
        return new CheckSettings(user.map(name -> new CheckSettings.Login(name, password)),
                options.flag("no_read_only", false), query(), seconds("max_lag", 0, MAX_LAG),
                options.flag("galera", false), options.flag("group_replication", false),
                seconds("timeout", SHORTEST, LONGEST_TIMEOUT).orElse(CheckSettings.DEFAULT_TIMEOUT));
    }

    /** These two have texts of their own. */
    private boolean flagInBackticks(String key) {
        return switch (options.get(key)) {
            case LuaValue.Nil _ -> false;
            case LuaValue.Bool(boolean flag) -> flag;
            default -> throw args.bad(number, "Bad `" + key + "` option: expected true or false");
        };
    }

    private Optional<String> name() {
        Optional<String> name = options.string("name").map(ByteString::utf8);
        if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
            throw options.bad("name", "1 to 64 letters, digits, '_', '-' or '.'");
        }
        return name;
    }

    private Optional<ByteString> query() {
        Optional<ByteString> query = options.string("check");
        query.ifPresent(sql -> {
            if (!sql.utf8().stripLeading().toLowerCase(Locale.ROOT).startsWith("select")) {
                throw options.bad("check", "a SELECT statement");
            }
            if (sql.length() > MAX_CHECK_BYTES) {
                throw options.bad("check", "at most " + MAX_CHECK_BYTES + " bytes");
            }
        });
        return query;
    }

    private Optional<Duration> seconds(String key, double min, double max) {
        OptionalDouble seconds = options.number(key, min, max);
        return seconds.isPresent()
                ? Optional.of(Duration.ofNanos(Math.round(seconds.getAsDouble() * 1e9)))
                : Optional.empty();
    }

    private int count(String key, int otherwise) {
        double count = options.number(key, 1, MAX_COUNT).orElse(otherwise);
        if (count != Math.rint(count)) {
            throw options.bad(key, "a whole number from 1 to " + MAX_COUNT);
        }
        return (int) count;
    }

    private void require(List<String> keys, String other, boolean given) {
        keys.stream().filter(key -> !given && isGiven(key)).findFirst().ifPresent(key -> {
            throw inconsistent("'" + key + "' without '" + other + "'");
        });
    }

    private void exclude(String one, String other) {
        if (isGiven(one) && isGiven(other)) {
            throw inconsistent("'" + one + "' and '" + other + "' exclude each other");
        }
    }

    /** Whether an option asks for something: it is neither missing nor false nor empty. */
    private boolean isGiven(String key) {
        return switch (options.get(key)) {
            case LuaValue.Nil _ -> false;
            case LuaValue.Bool(boolean flag) -> flag;
            case LuaValue.Str(ByteString text) -> !text.isEmpty();
            default -> true;
        };
    }

    private LuaError inconsistent(String text) {
        return args.bad(number, text);
    }
}
