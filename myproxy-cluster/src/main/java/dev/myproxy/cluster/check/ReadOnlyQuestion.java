package dev.myproxy.cluster.check;

import dev.myproxy.cluster.NodeState;
import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the server takes writes. The variable is a boolean, shown as a number, or the enumeration of MariaDB 12, whose
 * values {@code NO_LOCK} and {@code NO_LOCK_NO_ADMIN} refuse even more than {@code ON}. MySQL's {@code super_read_only}
 * sets it too.
 */
record ReadOnlyQuestion() implements Question {

    /** What a server that takes no writes gives as reason. */
    static final String READ_ONLY = "read only";

    private static final Set<String> WRITABLE = Set.of("0", "OFF", "FALSE", "NO");
    private static final Set<String> READ_ONLY_VALUES = Set.of("1", "2", "3", "ON", "TRUE", "YES", "READ_ONLY",
            "SUPER_READ_ONLY", "NO_LOCK", "NO_LOCK_NO_ADMIN");

    @Override
    public String name() {
        return "SELECT @@global.read_only";
    }

    @Override
    public ByteString statement() {
        return ByteString.of("SELECT @@global.read_only");
    }

    @Override
    public Step judge(Answer.Rows answer, NodeState soFar) {
        if (answer.columns().size() != 1 || answer.rows().size() != 1) {
            return Finding.dead(name() + " gives " + answer.rows().size() + " rows with " + answer.columns().size()
                    + " columns, not one value");
        }
        List<Optional<ByteString>> row = answer.rows().getFirst();
        String word = row.getFirst().map(ByteString::utf8).orElse("").strip().toUpperCase(Locale.ROOT);
        if (WRITABLE.contains(word)) {
            return Finding.OK;
        }
        return READ_ONLY_VALUES.contains(word)
                ? Finding.of(NodeState.READ_ONLY, READ_ONLY)
                : Finding.dead("Malformed boolean: " + name() + " gives " + Texts.value(row.getFirst()));
    }
}
