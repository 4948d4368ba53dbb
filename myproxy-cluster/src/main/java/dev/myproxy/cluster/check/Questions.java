package dev.myproxy.cluster.check;

import dev.myproxy.cluster.CheckSettings;
import dev.myproxy.protocol.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a check asks, in its order. */
final class Questions {

    private Questions() {}

    /**
     * @param version   of the server, from its greeting
     * @param lagAtMost how far it is behind at most, by what earlier checks have found
     */
    static List<Question> of(CheckSettings settings, ByteString version, Optional<Duration> lagAtMost) {
        List<Question> questions = new ArrayList<>();
        if (settings.galera()) {
            questions.add(new GaleraQuestion());
        }
        if (settings.groupReplication()) {
            questions.add(GroupReplicationQuestion.first());
        }
        settings.query().ifPresent(statement -> questions.add(new CheckQuery(statement)));
        if (settings.readOnly()) {
            questions.add(new ReadOnlyQuestion());
        }
        settings.maxLag()
                .ifPresent(max -> questions.add(LagQuestion.first(max, lagAtMost, settings.tellsWrites(), version)));
        return questions;
    }
}
