package dev.myproxy.lua.lib.metrics;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a script said of a metric when it made it.
 *
 * @param kind    {@code counter}, {@code gauge} or {@code histogram}
 * @param name    of the family: without a counter's {@code _total}
 * @param labels  in the script's order
 * @param buckets upper bounds, rising; empty except for histograms
 */
record MetricDefinition(String kind, String name, String help, List<String> labels, List<Double> buckets) {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final int MAX_NAME = 200;
    private static final int MAX_LABELS = 10;
    private static final int MAX_BUCKETS = 50;

    /** What the daemon and the runtime use for theirs. */
    private static final List<String> RESERVED_PREFIXES = List.of("myproxy_", "event_loop_", "jvm_", "netty_",
            "process_",
            "system_", "vertx_");

    /** What Prometheus itself adds to names. */
    private static final List<String> RESERVED_SUFFIXES = List.of("_total", "_created", "_bucket", "_info");

    /** Seconds, as most histograms are of times. */
    private static final List<Double> DEFAULT_BUCKETS = List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
            1.0, 2.5, 5.0, 10.0);

    /** Reads the arguments {@code name, help [, labels [, buckets]]}. */
    static MetricDefinition read(String kind, LuaArgs args) {
        boolean histogram = kind.equals("histogram");
        args.expectCount(0, histogram ? 4 : 3, "Too many parameters");
        String name = name(args, kind);
        String help = args.string(2).utf8();
        List<String> labels = labels(args, histogram);
        return new MetricDefinition(kind, name, help, labels, histogram ? buckets(args) : List.of());
    }

    private static String name(LuaArgs args, String kind) {
        String given = args.string(1).utf8();
        if (given.length() > MAX_NAME || !NAME.matcher(given).matches()) {
            throw args.bad(1, "a name consists of letters, digits and '_', and does not begin with a digit");
        }
        RESERVED_PREFIXES.stream().filter(given::startsWith).findFirst().ifPresent(prefix -> {
            throw args.bad(1, "names that begin with " + prefix + " are the daemon's own");
        });
        String name = kind.equals("counter") && given.endsWith("_total")
                ? given.substring(0, given.length() - "_total".length())
                : given;
        RESERVED_SUFFIXES.stream().filter(name::endsWith).findFirst().ifPresent(suffix -> {
            throw args.bad(1, "the name of a " + kind + " can't end in " + suffix);
        });
        return name;
    }

    private static List<String> labels(LuaArgs args, boolean histogram) {
        List<String> labels = new ArrayList<>();
        for (LuaValue value : sequence(args, 3)) {
            String label = value instanceof LuaValue.Str(ByteString text) ? text.utf8() : "";
            if (!NAME.matcher(label).matches() || label.startsWith("__") || (histogram && label.equals("le"))) {
                throw args.bad(3, "not a label: " + (label.isEmpty() ? value.typeName() : label));
            }
            if (labels.contains(label)) {
                throw args.bad(3, "label " + label + " twice");
            }
            labels.add(label);
        }
        if (labels.size() > MAX_LABELS) {
            throw args.bad(3, "more than " + MAX_LABELS + " labels");
        }
        return List.copyOf(labels);
    }

    private static List<Double> buckets(LuaArgs args) {
        if (args.get(4) instanceof LuaValue.Nil) {
            return DEFAULT_BUCKETS;
        }
        List<Double> buckets = new ArrayList<>();
        for (LuaValue value : sequence(args, 4)) {
            if (!(value instanceof LuaValue.Num(double bound)) || !Double.isFinite(bound) || bound <= 0
                    || (!buckets.isEmpty() && bound <= buckets.getLast())) {
                throw args.bad(4, "buckets are rising numbers above 0");
            }
            buckets.add(bound);
        }
        if (buckets.isEmpty() || buckets.size() > MAX_BUCKETS) {
            throw args.bad(4, "1 to " + MAX_BUCKETS + " buckets expected");
        }
        return List.copyOf(buckets);
    }

    /** The elements of a table; none if there is no such argument. */
    private static List<LuaValue> sequence(LuaArgs args, int number) {
        if (args.get(number) instanceof LuaValue.Nil) {
            return List.of();
        }
        LuaTable table = args.table(number);
        List<LuaValue> elements = new ArrayList<>();
        for (int i = 1; i <= table.length(); i++) {
            elements.add(table.get(LuaValue.of((double) i)));
        }
        if (elements.size() != table.entries().size()) {
            throw args.bad(number, "list expected");
        }
        return elements;
    }
}
