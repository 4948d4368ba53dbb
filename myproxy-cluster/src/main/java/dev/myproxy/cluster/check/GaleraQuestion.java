package dev.myproxy.cluster.check;

import dev.myproxy.cluster.NodeState;
import dev.myproxy.protocol.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the server is a usable member of a Galera cluster.
 *
 * <pre>
 * wsrep_ready is not ON              dead: it answers no queries
 * wsrep_local_state 4 (Synced)       fit
 *                   2 (Donor/Desynced), 3 (Joined)
 *                                    overloaded: it works but lags, so others come first; if others are down, it serves
 *                   else             dead
 * </pre>
 *
 * A donor that is told to reject queries is dead.
 * <a href="https://galeracluster.com/library/documentation/node-states.html">Node states</a>
 */
record GaleraQuestion() implements Question {

    private static final String DONOR = "2";
    private static final String JOINED = "3";
    private static final String SYNCED = "4";

    @Override
    public String name() {
        return "SHOW GLOBAL STATUS";
    }

    @Override
    public ByteString statement() {
        return ByteString.of("SHOW GLOBAL STATUS WHERE Variable_name IN"
                + " ('wsrep_ready', 'wsrep_local_state', 'wsrep_local_state_comment')");
    }

    @Override
    public Step judge(Answer.Rows answer, NodeState soFar) {
        Map<String, String> status = new HashMap<>();
        for (List<Optional<ByteString>> row : answer.rows()) {
            String key = answer.value(row, "Variable_name").map(ByteString::utf8).orElse("");
            status.put(key.toLowerCase(java.util.Locale.ROOT), answer.value(row, "Value").map(Texts::line).orElse(""));
        }
        String ready = status.getOrDefault("wsrep_ready", "");
        String state = status.getOrDefault("wsrep_local_state", "");
        String comment = status.getOrDefault("wsrep_local_state_comment", state);
        if (ready.isEmpty() || state.isEmpty()) {
            return Finding.dead("not a member of a Galera cluster");
        }
        if (!ready.equalsIgnoreCase("ON")) {
            return Finding.dead("Galera node is not ready: wsrep_ready is " + ready + ", state " + comment);
        }
        return switch (state) {
            case SYNCED -> Finding.OK;
            case DONOR -> new DonorQuestion(comment);
            case JOINED -> desynced(comment);
            default -> Finding.dead("Galera node is not synced: state " + comment);
        };
    }

    private static Finding desynced(String comment) {
        return Finding.of(NodeState.OVERLOADED, "Galera node is not synced: state " + comment);
    }

    /** Whether a node that gives another one its data answers queries meanwhile. */
    private record DonorQuestion(String comment) implements Question {

        @Override
        public String name() {
            return "SELECT @@global.wsrep_sst_donor_rejects_queries";
        }

        @Override
        public ByteString statement() {
            return ByteString.of(name());
        }

        @Override
        public Step judge(Answer.Rows answer, NodeState soFar) {
            boolean rejects = answer.rows().size() != 1 || CheckQuery.isTrue(answer.rows().getFirst().getFirst());
            return rejects ? Finding.dead("Galera donor rejects queries") : desynced(comment);
        }
    }
}
