package dev.myproxy.cluster.check;

import dev.myproxy.cluster.NodeState;
import dev.myproxy.protocol.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far the server is behind those that it replicates from; the slowest of several channels counts. A server that
 * replicates from nobody is not behind. One that has lost its source knows no lag any more, and is as far behind as it was,
 * and the time since then: when a primary dies its replicas remain fit for a while, and nobody needs to leave them.
 *
 * @param max         how far it may be behind
 * @param atMost      how far it is behind at most, by what earlier checks have found
 * @param tellsWrites whether an earlier question has asked if the server takes writes
 * @param statements  forms of the statement, the newest first; the others are for servers that don't know it
 */
record LagQuestion(Duration max, Optional<Duration> atMost, boolean tellsWrites,
        List<String> statements) implements Question {

    private static final int SYNTAX_ERROR = 1064;

    /** MariaDB's names of channels are connections, and only this form shows all. */
    private static final List<String> MARIADB = List.of("SHOW ALL REPLICAS STATUS", "SHOW ALL SLAVES STATUS",
            "SHOW SLAVE STATUS");
    private static final List<String> MYSQL = List.of("SHOW REPLICA STATUS", "SHOW SLAVE STATUS");

    static LagQuestion first(Duration max, Optional<Duration> atMost, boolean tellsWrites, ByteString version) {
        boolean mariaDb = version.utf8().toLowerCase(Locale.ROOT).contains("mariadb");
        return new LagQuestion(max, atMost, tellsWrites, mariaDb ? MARIADB : MYSQL);
    }

    @Override
    public String name() {
        return statements.getFirst();
    }

    @Override
    public ByteString statement() {
        return ByteString.of(statements.getFirst());
    }

    @Override
    public Step judge(Answer.Refused answer) {
        return answer.error().code() == SYNTAX_ERROR && statements.size() > 1
                ? new LagQuestion(max, atMost, tellsWrites, statements.subList(1, statements.size()))
                : Question.super.judge(answer);
    }

    @Override
    public Step judge(Answer.Rows answer, NodeState soFar) {
        if (!answer.rows().isEmpty() && !ReplicaChannel.shows(answer)) {
            return Finding.dead(name() + " does not show how far the server is behind");
        }
        boolean writable = tellsWrites && soFar.isBetterThan(NodeState.READ_ONLY);
        Duration worst = Duration.ZERO;
        for (List<Optional<ByteString>> row : answer.rows()) {
            ReplicaChannel channel = ReplicaChannel.of(answer, row);
            if (channel.isGroupReplication() || (writable && channel.wasStopped())) {
                continue;
            }
            Optional<Duration> known = channel.lag().or(() -> channel.lostSource() ? atMost : Optional.empty());
            if (known.isEmpty()) {
                return Finding.dead(channel.describe());
            }
            Duration lag = known.get();
            if (channel.lag().isEmpty() && lag.compareTo(max) > 0) {
                return Finding.dead(channel.describe()).withLag(lag);
            }
            worst = lag.compareTo(worst) > 0 ? lag : worst;
        }
        Finding finding = worst.compareTo(max) > 0
                ? Finding.dead("replica is " + Texts.seconds(worst) + " behind (max_lag " + Texts.seconds(max) + ")")
                : Finding.OK;
        return finding.withLag(worst);
    }
}
