package dev.myproxy.admin.client;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Documents of a daemon as lines for people. Pure. */
public final class Reports {

    private Reports() {}

    /**
     * The daemon, its listeners and its nodes.
     *
     * @param status of {@code /api/status}
     * @param nodes  of {@code /api/nodes}
     */
    public static List<String> status(byte[] status, byte[] nodes, Instant now) throws AdminException {
        JsonFields daemon = JsonFields.parse(status);
        JsonFields script = daemon.object("script");
        List<String> lines = new ArrayList<>();
        lines.add("myproxy " + text(daemon, "version") + " (Java " + text(daemon, "java") + "), pid "
                + count(daemon, "pid") + ", up for " + duration(daemon, "uptime_seconds") + ": "
                + text(daemon, "state") + drain(daemon));
        lines.add("configuration  " + text(daemon, "configuration") + " (" + text(script, "engine") + ")");
        lines.add("sessions       " + count(daemon, "sessions") + limits(daemon));
        String errors = count(script, "errors");
        lines.add("script         " + errors + (errors.equals("1") ? " error, " : " errors, ")
                + count(script, "waiting") + " waiting");
        append(lines, listeners(daemon));
        append(lines, nodes(JsonFields.parse(nodes), now));
        return lines;
    }

    private static String limits(JsonFields daemon) {
        JsonFields limits = daemon.object("limits");
        List<String> parts = new ArrayList<>();
        for (String name : List.of("connections", "per_account", "logins")) {
            limits.number(name).ifPresent(most -> parts.add(name + " = " + Units.count(most)));
        }
        return parts.isEmpty()
                ? ""
                : " (limits: " + String.join(", ", parts) + "; refused " + count(daemon, "refused") + ")";
    }

    private static String drain(JsonFields daemon) {
        JsonFields drain = daemon.object("drain");
        return drain.number("sessions").isEmpty()
                ? ""
                : ", sessions left: " + count(drain, "sessions") + ", in a transaction: "
                        + count(drain, "transactions") + ", ended in " + duration(drain, "left_seconds");
    }

    private static void append(List<String> lines, TextTable table) {
        List<String> more = table.lines();
        if (!more.isEmpty()) {
            lines.add("");
            lines.addAll(more);
        }
    }

    private static TextTable listeners(JsonFields daemon) {
        TextTable table = new TextTable("LISTENER", "KIND", "STATE", "ACCEPTED#", "SESSIONS#");
        daemon.objects("listeners").forEach(listener -> table.row(text(listener, "address"), text(listener, "kind"),
                listener.flag("accepting") ? "listening" : "closed", count(listener, "accepted"),
                text(listener, "kind").equals("mysql") ? count(listener, "sessions") : ""));
        return table;
    }

    private static TextTable nodes(JsonFields document, Instant now) {
        TextTable table = new TextTable("CLUSTER", "NODE", "STATE", "SINCE#", "CHECK#", "LAG#", "WEIGHT#", "REASON");
        for (JsonFields cluster : document.objects("clusters")) {
            for (JsonFields node : cluster.objects("nodes")) {
                table.row(text(cluster, "name"), text(node, "address"),
                        text(node, "state") + (node.flag("suspect") ? ", suspect" : ""), since(node, now),
                        duration(node, "check_seconds"), duration(node, "lag_seconds"),
                        node.number("weight").map(Reports::weight).orElse(""), text(node, "reason"));
            }
        }
        return table;
    }

    private static String weight(double weight) {
        return weight == Math.rint(weight) ? Units.count(weight) : String.valueOf(weight);
    }

    private static String since(JsonFields node, Instant now) {
        try {
            Optional<Instant> since = node.text("since").map(Instant::parse);
            return since.map(then -> Units.duration(Math.max(0, Duration.between(then, now).toMillis()) / 1000.0))
                    .orElse("");
        } catch (DateTimeParseException _) {
            return "";
        }
    }

    /**
     * Sessions; of none, nothing.
     *
     * @param document of {@code /api/sessions}
     */
    public static List<String> sessions(byte[] document) throws AdminException {
        TextTable table = new TextTable("ID#", "ACCOUNT", "CLIENT", "THROUGH?", "TLS?", "CERTIFICATE?", "LISTENER",
                "SERVER", "SERVER-TLS?", "PHASE", "AGE#", "QUERIES#", "RECEIVED#", "SENT#");
        JsonFields.parse(document).objects("sessions").forEach(session -> table.row(count(session, "id"),
                text(session, "account"), text(session, "client"), text(session, "proxy"),
                tls(session.object("tls")),
                text(session.object("tls"), "subject"), text(session, "listener"),
                text(session, "server") + (session.flag("read_only") ? " (read-only)" : ""),
                tls(session.object("server_tls")), text(session, "phase"),
                duration(session, "age_seconds"), count(session, "queries"), bytes(session, "received_bytes"),
                bytes(session, "sent_bytes")));
        return table.lines();
    }

    private static String tls(JsonFields tls) {
        return (text(tls, "version") + " " + text(tls, "cipher")).strip();
    }

    /**
     * What to say beside the sessions that are shown, if there is anything.
     *
     * @param document of {@code /api/sessions}
     */
    public static Optional<String> remark(byte[] document) throws AdminException {
        JsonFields sessions = JsonFields.parse(document);
        int shown = sessions.objects("sessions").size();
        long matching = sessions.number("matching").orElse(0.0).longValue();
        long total = sessions.number("total").orElse(0.0).longValue();
        if (matching > shown) {
            return Optional.of("These are the " + shown + " oldest of " + matching + " sessions; --limit shows more.");
        }
        if (matching == 0) {
            return Optional.of(total == 0 ? "There are no sessions." : "None of " + total + " sessions is like that.");
        }
        return Optional.empty();
    }

    /**
     * What the daemon has done.
     *
     * @param document of {@code /api/reload}
     */
    public static List<String> reloaded(byte[] document) throws AdminException {
        return List.of(text(JsonFields.parse(document), "reloaded"));
    }

    private static String text(JsonFields from, String name) {
        return from.text(name).map(TextTable::printable).orElse("");
    }

    private static String count(JsonFields from, String name) {
        return from.number(name).map(Units::count).orElse("");
    }

    private static String duration(JsonFields from, String name) {
        return from.number(name).map(Units::duration).orElse("");
    }

    private static String bytes(JsonFields from, String name) {
        return from.number(name).map(Units::bytes).orElse("");
    }
}
