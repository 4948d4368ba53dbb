package dev.myproxy.it.same;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Writes scripts by chance: sequences of commands on one connection, each of which begins with a clean session. The same
 * seed gives the same script. What a server answers in different ways, such as times, ids and what others do, is never asked
 * for; and statements that MySQL does not survive or never answers are left out ({@link Statements}).
 */
final class Generator {

    /** How many sequences a script has. */
    static final int SEQUENCES = 20;

    private static final List<String> UNKNOWN = List.of("x99", "xff", "x0b", "x0f", "x10", "x13", "x14", "x1d", "x00",
            "x30 \"text\"", "x7f x00ff*20");
    private static final List<String> MALFORMED = List.of("command", "command x03 @no_attributes", "command x16",
            "command x17",
            "command x17 @none", "command x1a", "command x1b", "command x1c", "command x1c @none", "command x04",
            "command x17 @none x00 u32:1", "command x02");
    private static final List<String> DATABASES = List.of("same", "same", "mysql", "nowhere", "information_schema");

    private final Random random;
    private final Queries queries;
    private final List<String> lines = new ArrayList<>();
    private final Statements statements;

    Generator(long seed) {
        random = new Random(seed);
        queries = new Queries(random);
        statements = new Statements(random);
    }

    /** The lines of a script. */
    List<String> script() {
        connect();
        for (int i = 0; i < SEQUENCES; i++) {
            lines.add("reset_connection");
            lines.add("init_db same");
            statements.forget();
            if (random.nextInt(3) > 0) {
                lines.add(Queries.TABLE);
            }
            int commands = 2 + random.nextInt(7);
            for (int c = 0; c < commands; c++) {
                step();
            }
        }
        return lines;
    }

    private void connect() {
        lines.add(switch (random.nextInt(6)) {
            case 0 -> "connect user same_a password \"secret a\"";
            case 1 -> "connect user same_b";
            case 2 -> "connect charset " + List.of(8, 33, 45, 63, 255).get(random.nextInt(5));
            default -> "connect";
        });
        statements.forget();
        if (random.nextInt(3) == 0) {
            lines.add("query SET session_track_schema = 1, session_track_state_change = 1");
            lines.add("query SET session_track_transaction_info = 'CHARACTERISTICS'");
        }
    }

    private void step() {
        switch (random.nextInt(40)) {
            case 0, 1 -> burst();
            case 2 -> file();
            case 3 -> changeUser();
            case 4 -> endOfConnection();
            case 5, 6, 7, 8, 9, 10 -> lines.addAll(statements.cursor());
            case 11, 12 -> lines.addAll(statements.longData());
            default -> lines.add(command());
        }
    }

    /** A command with an answer of its own. */
    private String command() {
        return switch (random.nextInt(20)) {
            case 0 -> "ping";
            case 1 -> random.nextBoolean() ? "statistics" : "reset_connection";
            case 2 -> "init_db " + DATABASES.get(random.nextInt(DATABASES.size()));
            case 3 -> "field_list " + List.of("t", "types", "empty", "nowhere", "mine").get(random.nextInt(5));
            case 4 -> "set_option " + random.nextInt(3);
            case 5 -> MALFORMED.get(random.nextInt(MALFORMED.size()));
            case 6 -> "command " + UNKNOWN.get(random.nextInt(UNKNOWN.size()));
            case 7, 8, 9 -> statements.prepare();
            case 10, 11, 12 -> statements.execute();
            case 13 -> statements.resetOrClose();
            default -> "query " + queries.next();
        };
    }

    /** Several commands in one write. */
    private void burst() {
        lines.add("together");
        IntStream.rangeClosed(0, random.nextInt(random.nextInt(8) == 0 ? 40 : 6)).forEach(_ -> lines.add(command()));
        lines.add("done");
    }

    private void file() {
        lines.add(Queries.load(random));
        StringBuilder file = new StringBuilder("file");
        for (int packet = random.nextInt(4); packet > 0; packet--) {
            file.append(file.length() > 4 ? " |" : "").append(" \"").append(random.nextInt(50))
                    .append(random.nextBoolean() ? "\\ttext\\n\"" : "\\n\"");
            if (random.nextInt(10) == 0) {
                file.append('*').append(1 + random.nextInt(100));
            }
        }
        lines.add(file.toString());
        // Does nothing unless the server asks once more.
        lines.add("file");
    }

    private void changeUser() {
        lines.add(switch (random.nextInt(8)) {
            case 0, 1 -> "change_user root \"\" same";
            case 2, 3 -> "change_user same_a \"secret a\" same";
            case 4 -> "change_user same_b \"\" same";
            case 5 -> "change_user root \"\" mysql";
            case 6 -> "change_user same_b \"\" \"\"";
            default -> "change_user same_a wrong same";
        });
        if (lines.getLast().contains("wrong")) {
            connect();
        }
    }

    /** Something that ends the connection, and a new one. */
    private void endOfConnection() {
        switch (random.nextInt(4)) {
            case 0 -> lines.addAll(List.of("quit", "end"));
            case 1 -> lines.addAll(List.of("packet " + (1 + random.nextInt(255)) + " x0e", "end"));
            case 2 -> lines.addAll(List.of("unread query " + queries.select(), "unread quit", "end"));
            default -> {
                // A client that just goes away.
            }
        }
        connect();
    }
}
