package dev.myproxy.cluster;

import dev.myproxy.protocol.Quoting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** The log lines of the states of a cluster's nodes: one for each change, with its reason. For one thread. */
final class StateLog {

    private static final Logger LOG = LoggerFactory.getLogger(MonitorVerticle.class);

    /** How many nodes a line names. */
    private static final int NAMED = 3;

    /** The time between two lines about nodes that were not checked. */
    private static final Duration SELDOM = Duration.ofMinutes(1);

    private final Optional<String> name;
    private final String cluster;
    private OptionalLong notCheckedNanos = OptionalLong.empty();

    /**
     * @param cluster the name, if it has one
     */
    StateLog(Optional<String> cluster) {
        this.name = cluster;
        this.cluster = cluster.map(name -> ", cluster " + Quoting.oneLine(name)).orElse("");
    }

    void changed(NodeState from, NodeStatus node) {
        LoggingEventBuilder line = LOG.atLevel(level(from, node.state())).addKeyValue("event", "node_state")
                .addKeyValue("node", node.address()).addKeyValue("state", node.state().label())
                .addKeyValue("former_state", from.label()).addKeyValue("reason", node.reason());
        if (name.isPresent()) {
            line = line.addKeyValue("cluster", name.get());
        }
        line.log("{}", line(from, node));
    }

    /** A node could not be checked: a line for the first one, and then one in a minute at most. */
    void notChecked(NodeStatus node, String reason, long nowNanos) {
        if (notCheckedNanos.isEmpty() || nowNanos - notCheckedNanos.getAsLong() >= SELDOM.toNanos()) {
            notCheckedNanos = OptionalLong.of(nowNanos);
            LOG.warn("[check/{}] {}; not checked, it stays {}{}", node.address(), reason, node.state().label(),
                    cluster);
        }
    }

    String line(NodeState from, NodeStatus node) {
        return "[check/" + node.address() + "] " + node.reason() + " (" + from.label() + " -> " + node.state().label()
                + cluster + ")";
    }

    /** How nodes are, in a few words each. */
    static String summary(List<NodeStatus> nodes) {
        return nodes.stream().limit(NAMED)
                .map(node -> node.address() + " is " + node.state().label()
                        + (node.reason().isEmpty() ? "" : " (" + node.reason() + ")"))
                .collect(Collectors.joining(", ", "", nodes.size() > NAMED ? ", …" : ""));
    }

    static Level level(NodeState from, NodeState to) {
        return to.isWorking() && to.isBetterThan(from) ? Level.INFO : Level.WARN;
    }
}
