package dev.myproxy.cluster;

import dev.myproxy.protocol.Quoting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The log lines of the states of a cluster's nodes: one for each change, with its reason. */
final class StateLog {

    private static final Logger LOG = LoggerFactory.getLogger(MonitorVerticle.class);

    /** How many nodes a line names. */
    private static final int NAMED = 3;

    private final String cluster;

    /**
     * @param cluster the name, if it has one
     */
    StateLog(Optional<String> cluster) {
        this.cluster = cluster.map(name -> ", cluster " + Quoting.oneLine(name)).orElse("");
    }

    void changed(NodeState from, NodeStatus node) {
        LOG.atLevel(level(from, node.state())).log(line(from, node));
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
