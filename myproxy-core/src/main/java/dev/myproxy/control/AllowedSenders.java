package dev.myproxy.control;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Those whose commands are carried out. */
public record AllowedSenders(List<SenderRule> rules) {

    private static final List<SenderRule> THIS_MACHINE = Stream.of("127.0.0.0/8", "::1").map(SenderRules::parse)
            .toList();

    public AllowedSenders {
        rules = List.copyOf(rules);
    }

    /**
     * Those that options name, or the usual ones.
     *
     * @param ownUid number of the user that the daemon runs as
     */
    public static AllowedSenders of(ControlOptions options, long ownUid) {
        return new AllowedSenders(options.allow().orElseGet(() -> Stream.concat(THIS_MACHINE.stream(),
                Stream.of(new SenderRule.User(0), new SenderRule.User(ownUid)).distinct()).toList()));
    }

    /** Whether somebody is one of them. */
    public boolean permits(Sender sender) {
        return rules.stream().anyMatch(rule -> rule.includes(sender));
    }

    /** Those of them that a Unix socket can have, or UDP. */
    public AllowedSenders amongProcesses(boolean processes) {
        return new AllowedSenders(rules.stream().filter(rule -> rule.aboutProcesses() == processes).toList());
    }

    /** Whether nobody is. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** The rules, as configurations write them. */
    @Override
    public String toString() {
        return rules.stream().map(SenderRule::toString).collect(Collectors.joining(", "));
    }
}
