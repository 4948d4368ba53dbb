package dev.myproxy.cluster.check;

import dev.myproxy.protocol.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One server that a replica replicates from, as {@code SHOW REPLICA STATUS} and its older forms show it.
 *
 * @param name      empty for the only or default one
 * @param lag       empty if the server does not know, which is so when replication does not run
 * @param receiver  {@code Yes}, {@code No} or {@code Connecting}
 * @param applier   {@code Yes} or {@code No}
 * @param lastError empty if there is none
 */
record ReplicaChannel(String name, Optional<Duration> lag, String receiver, String applier, String lastError) {

    private static final String[] LAG = {"Seconds_Behind_Source", "Seconds_Behind_Master"};

    /** Channels of group replication have a receiver of their own, and no lag. */
    private static final String GROUP_REPLICATION = "group_replication_";

    /** Whether the columns are there. */
    static boolean shows(Answer.Rows answer) {
        return Stream.of(LAG).anyMatch(answer::has);
    }

    static ReplicaChannel of(Answer.Rows answer, List<Optional<ByteString>> row) {
        String error = Stream.of("Last_IO_Error", "Last_SQL_Error", "Last_Error")
                .map(column -> text(answer.value(row, column))).filter(text -> !text.isEmpty()).findFirst().orElse("");
        return new ReplicaChannel(text(answer.value(row, "Channel_Name", "Connection_name")),
                answer.value(row, LAG).flatMap(ReplicaChannel::seconds),
                text(answer.value(row, "Replica_IO_Running", "Slave_IO_Running")),
                text(answer.value(row, "Replica_SQL_Running", "Slave_SQL_Running")), error);
    }

    private static String text(Optional<ByteString> value) {
        return value.map(Texts::line).orElse("");
    }

    private static Optional<Duration> seconds(ByteString value) {
        String text = value.utf8();
        return text.matches("\\d{1,10}") ? Optional.of(Duration.ofSeconds(Long.parseLong(text))) : Optional.empty();
    }

    boolean isGroupReplication() {
        return name.startsWith(GROUP_REPLICATION);
    }

    /** Whether somebody stopped it, as one does with a replica that becomes the primary. */
    boolean wasStopped() {
        return receiver.equalsIgnoreCase("No") && applier.equalsIgnoreCase("No") && lastError.isEmpty();
    }

    /** Whether it applies what it has, and tries to reach its source again. */
    boolean lostSource() {
        return receiver.equalsIgnoreCase("Connecting") && applier.equalsIgnoreCase("Yes");
    }

    /** Why there is no lag. */
    String describe() {
        String which = name.isEmpty() ? "" : " of channel \"" + name + '"';
        return "replication" + which + " does not run: IO thread " + receiver + ", SQL thread " + applier
                + (lastError.isEmpty() ? "" : ": " + lastError);
    }
}
