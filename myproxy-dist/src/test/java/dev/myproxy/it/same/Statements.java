package dev.myproxy.it.same;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Commands for prepared statements, by chance, which mostly make sense. MySQL gives no rows, and no end of them, when a
 * statement that had a cursor is executed without one: each statement is either always executed with a cursor or never.
 */
final class Statements {

    /** @param parameters how many it has */
    private record Kind(String sql, int parameters, boolean cursor) {}

    private record Prepared(String name, Kind kind) {}

    private static final List<Kind> KINDS = List.of(new Kind("SELECT 1", 0, false), new Kind("DO 1", 0, false),
            new Kind("SELECT ?, ?", 2, false), new Kind("SELECT id, v FROM t WHERE id < ?", 1, false),
            new Kind("SELECT * FROM types", 0, false), new Kind("SELECT * FROM empty WHERE a = ?", 1, false),
            new Kind("INSERT INTO mine (b) VALUES (?)", 1, false), new Kind("SELECT * FROM mine WHERE a > ?", 1, false),
            new Kind("CALL three(?)", 1, false), new Kind("CALL fails()", 0, false), new Kind("BEGIN", 0, false),
            new Kind("SELECT * FROM nowhere", 0, false), new Kind("SELECT ?; SELECT 2", 1, false),
            new Kind("UPDATE mine SET b = ? WHERE a = ?", 2, false), new Kind("", 0, false));
    private static final List<Kind> CURSORS = List.of(
            new Kind("SELECT id, v FROM t WHERE id < 7 ORDER BY id", 0, true),
            new Kind("SELECT id FROM t WHERE id < 0", 0, true), new Kind("SELECT * FROM types", 0, true));

    private final Random random;
    private final List<Prepared> prepared = new ArrayList<>();
    private int count;

    Statements(Random random) {
        this.random = random;
    }

    /** All are gone. */
    void forget() {
        prepared.clear();
    }

    String prepare() {
        return prepare(KINDS.get(random.nextInt(KINDS.size())));
    }

    private String prepare(Kind kind) {
        Prepared statement = new Prepared("s" + count++, kind);
        prepared.add(statement);
        return "prepare " + statement.name() + " " + kind.sql();
    }

    String execute() {
        List<Prepared> plain = prepared.stream().filter(statement -> !statement.kind().cursor()).toList();
        if (plain.isEmpty()) {
            return random.nextInt(4) == 0 ? "execute none" : prepare();
        }
        Prepared statement = plain.get(random.nextInt(plain.size()));
        return "execute " + statement.name() + IntStream.range(0, statement.kind().parameters())
                .mapToObj(_ -> " " + (statement.kind().sql().startsWith("CALL") ? number() : value()))
                .collect(Collectors.joining());
    }

    private String number() {
        return switch (random.nextInt(4)) {
            case 0 -> "null";
            case 1 -> "tiny:" + random.nextInt(-128, 128);
            case 2 -> "short:" + random.nextInt(30000);
            default -> "int:" + random.nextInt(10);
        };
    }

    private String value() {
        return switch (random.nextInt(9)) {
            case 0, 1, 2, 3 -> number();
            case 4 -> "long:" + random.nextLong();
            case 5 -> "double:" + random.nextInt(100) / 4.0;
            case 6 -> "text:\"" + "text".repeat(random.nextInt(4)) + "\"";
            case 7 -> "blob:\"bytes\"*" + (1 + random.nextInt(60));
            default -> "datetime:2026-02-28T12:34:56";
        };
    }

    String resetOrClose() {
        String name = prepared.isEmpty() || random.nextInt(5) == 0
                ? "none"
                : prepared.get(random.nextInt(prepared.size())).name();
        return (random.nextBoolean() ? "reset " : "close ") + name;
    }

    /** A statement that is executed with a cursor, and fetches. */
    List<String> cursor() {
        List<String> lines = new ArrayList<>();
        lines.add(prepare(CURSORS.get(random.nextInt(CURSORS.size()))));
        String name = prepared.getLast().name();
        lines.add("execute " + name + " cursor");
        for (int i = random.nextInt(5); i > 0; i--) {
            lines.add("fetch " + name + " " + random.nextInt(5));
        }
        if (random.nextBoolean()) {
            lines.add((random.nextBoolean() ? "reset " : "close ") + name);
            lines.add("fetch " + name + " 1");
        }
        return lines;
    }

    /** Long data, an execution, and perhaps an execution whose data is missing. */
    List<String> longData() {
        List<String> lines = new ArrayList<>();
        lines.add(prepare(KINDS.get(2)));
        String name = prepared.getLast().name();
        for (int i = random.nextInt(4); i > 0; i--) {
            lines.add("long " + name + " " + random.nextInt(2) + " \"data\"*" + (1 + random.nextInt(200)));
        }
        if (random.nextInt(5) == 0) {
            lines.add("long none 0 \"lost\"");
        }
        if (random.nextInt(5) == 0) {
            lines.add("reset " + name);
        }
        lines.add("execute " + name + " text:\"x\" " + value());
        return lines;
    }
}
