package dev.myproxy.cluster;

import static dev.myproxy.cluster.TestNodes.choose;
import static dev.myproxy.cluster.TestNodes.nodes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class WeightsTest {

    private static final int ACCOUNTS = 20_000;

    private final List<Node> nodes = nodes(10);

    @Test
    void equalWeightsMeanTheOrderOfTheHashes() {
        for (double weight : new double[]{0, 0.001, 1, 7, 1e300}) {
            Rendezvous weighted = new Rendezvous(nodes, _ -> weight);
            for (int i = 0; i < 500; i++) {
                assertThat(choose(weighted, "account" + i, _ -> 0)).isSameAs(choose(nodes, "account" + i));
            }
        }
    }

    @Test
    void almostEqualWeightsMeanAlmostTheSameOrder() {
        // given one node that is nothing but a little heavier, so that hashes are not compared as they are
        Rendezvous weighted = new Rendezvous(nodes, node -> node.equals(nodes.get(4)) ? 1.000_000_1 : 1);
        for (int i = 0; i < ACCOUNTS; i++) {
            assertThat(choose(weighted, "account" + i, _ -> 0)).isSameAs(choose(nodes, "account" + i));
        }
    }

    @Test
    void sharesAreInProportionToWeights() {
        // given weights from 1 to 10, together 55
        Map<Node, Integer> counts = count(node -> nodes.indexOf(node) + 1);
        for (int i = 0; i < 10; i++) {
            double expected = ACCOUNTS * (i + 1) / 55.0;
            // five standard deviations
            assertThat(counts.getOrDefault(nodes.get(i), 0).doubleValue()).isCloseTo(expected,
                    within(5 * Math.sqrt(expected)));
        }
    }

    @Test
    void onlyTheirRatioMatters() {
        Rendezvous small = new Rendezvous(nodes, node -> 1 + nodes.indexOf(node) % 3);
        Rendezvous great = new Rendezvous(nodes, node -> 1024.0 * (1 + nodes.indexOf(node) % 3));
        for (int i = 0; i < 2_000; i++) {
            assertThat(choose(small, "account" + i, _ -> 0)).isSameAs(choose(great, "account" + i, _ -> 0));
        }
    }

    @Test
    void aNodeThatBecomesHeavierTakesAccountsAndMovesNoOthers() {
        Rendezvous before = new Rendezvous(nodes, node -> 1 + nodes.indexOf(node) % 3);
        Node heavier = nodes.get(3);
        Rendezvous after = new Rendezvous(nodes,
                node -> node.equals(heavier) ? 4 : 1 + nodes.indexOf(node) % 3);
        int moved = 0;
        for (int i = 0; i < ACCOUNTS; i++) {
            Node old = choose(before, "account" + i, _ -> 0);
            Node now = choose(after, "account" + i, _ -> 0);
            if (!now.equals(old)) {
                assertThat(now).isSameAs(heavier);
                moved++;
            }
        }
        // from 1/19 of the accounts to 4/22
        assertThat((double) moved).isCloseTo(ACCOUNTS * (4 / 22.0 - 1 / 19.0), within(250.0));
    }

    @Test
    void aNodeWithoutWeightGetsAccountsOnlyIfNoOtherIsAsGood() {
        Node idle = nodes.get(2);
        Rendezvous rendezvous = new Rendezvous(nodes, node -> node.equals(idle) ? 0 : 1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(choose(rendezvous, "account" + i, _ -> 0)).isNotEqualTo(idle);
            assertThat(choose(rendezvous, "account" + i, node -> node.equals(idle) ? 1 : 0)).isSameAs(idle);
        }
    }

    @Test
    void nodesOfOneHostShareByWeightWhatTheHostGets() {
        List<Node> three = nodes("192.168.0.2:3306", "192.168.0.2:3307", "192.168.0.3");
        Map<Node, Integer> counts = new HashMap<>();
        Rendezvous rendezvous = new Rendezvous(three, node -> node.equals(three.get(0)) ? 3 : 1);
        for (int i = 0; i < ACCOUNTS; i++) {
            counts.merge(choose(rendezvous, "account" + i, _ -> 0), 1, Integer::sum);
        }
        // the mean weight of the two is 2, so they get two thirds, and the heavier one three quarters of those
        assertThat(counts.get(three.get(0))).isCloseTo(ACCOUNTS / 2, within(400));
        assertThat(counts.get(three.get(1))).isCloseTo(ACCOUNTS / 6, within(300));
        assertThat(counts.get(three.get(2))).isCloseTo(ACCOUNTS / 3, within(350));
    }

    private Map<Node, Integer> count(ToDoubleFunction<Node> weight) {
        Rendezvous rendezvous = new Rendezvous(nodes, weight);
        Map<Node, Integer> counts = new HashMap<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            counts.merge(choose(rendezvous, "account" + i, _ -> 0), 1, Integer::sum);
        }
        return counts;
    }
}
