package dev.myproxy.cluster;

import static dev.myproxy.cluster.TestNodes.choose;
import static dev.myproxy.cluster.TestNodes.nodes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myproxy.protocol.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {

    @Test
    void takesTheLowestHashUnsigned() {
        // given two nodes whose hashes for "joe" are 11918753372347785946, negative as a signed number, and 310458674367989233
        Node two = nodes("192.168.0.2").getFirst();
        Node three = nodes("192.168.0.3").getFirst();
        assertThat(choose(List.of(two, three), "joe")).isSameAs(three);
        assertThat(choose(List.of(three, two), "joe")).isSameAs(three);
        // and the same node with 5520589749041301446 against that negative one
        Node abstractNode = nodes("@server4").getFirst();
        assertThat(choose(List.of(two, abstractNode), "joe")).isSameAs(abstractNode);
    }

    @Test
    void theHighestRankComesFirst() {
        List<Node> nodes = nodes(5);
        Rendezvous rendezvous = new Rendezvous(nodes, _ -> 1);
        for (int i = 0; i < 50; i++) {
            assertThat(choose(rendezvous, "account" + i, node -> nodes.indexOf(node) == 3 ? 7 : 6))
                    .isSameAs(nodes.get(3));
        }
    }

    @Test
    void nodesOutOfTheQuestionAreNotTaken() {
        List<Node> nodes = nodes(2);
        AccountOrder order = new Rendezvous(nodes, _ -> 1).order(ByteString.of("joe"));
        assertThat(order.first(i -> i == 0 ? 0 : -1)).isZero();
        assertThat(order.first(i -> i == 1 ? 0 : -1)).isOne();
        assertThat(order.first(_ -> -1)).isNegative();
    }

    @Test
    void nodesOfOneHostShareItsAccounts() {
        List<Node> nodes = nodes("192.168.0.2:3306", "192.168.0.3:3306", "192.168.0.2:3307");
        List<Node> ports = List.of(nodes.get(0), nodes.get(2));
        Map<Node, Integer> counts = new HashMap<>();
        for (int i = 0; i < 4_000; i++) {
            Node chosen = choose(nodes, "account" + i);
            counts.merge(chosen, 1, Integer::sum);
            // what the host gets does not depend on how many servers it runs
            boolean host = choose(nodes.subList(0, 2), "account" + i).equals(ports.get(0));
            assertThat(ports.contains(chosen)).isEqualTo(host);
        }
        assertThat(counts.get(ports.get(0))).isCloseTo(1_000, within(120));
        assertThat(counts.get(ports.get(1))).isCloseTo(1_000, within(120));
    }

    @Test
    void equalNodesKeepTheirOrder() {
        List<Node> twins = nodes("192.168.0.2:3306", "192.168.0.2:3306");
        for (int i = 0; i < 20; i++) {
            assertThat(choose(twins, "account" + i)).isSameAs(twins.getFirst());
        }
    }

    /**
     * 100,000 accounts on 1,000 nodes are 100 for each, with a standard deviation of 10 by chance alone. So the 5 % are
     * asked of tenths of the cluster, with 10,000 accounts and a standard deviation of 95 each; of single nodes that they
     * differ as chance has it (chi-square with 999 degrees of freedom: 999 give or take 45), and none by more than six
     * standard deviations. The same accounts show what moves when a node is lost.
     */
    @Test
    void aHundredThousandAccountsSpreadEvenlyOverAThousandNodes() {
        // given
        Rendezvous rendezvous = new Rendezvous(nodes(1_000), _ -> 1);
        int lost = 617;
        // when
        AtomicIntegerArray counts = new AtomicIntegerArray(1_000);
        AtomicIntegerArray heirs = new AtomicIntegerArray(1_000);
        LongAdder movedFromOthers = new LongAdder();
        IntStream.range(0, 100_000).parallel().forEach(i -> {
            AccountOrder order = rendezvous.order(ByteString.of("account" + i));
            int home = order.first(_ -> 0);
            int afterwards = order.first(node -> node == lost ? -1 : 0);
            counts.incrementAndGet(home);
            if (home == lost) {
                heirs.incrementAndGet(afterwards);
            } else if (afterwards != home) {
                movedFromOthers.increment();
            }
        });
        // then
        int[] each = IntStream.range(0, 1_000).map(counts::get).toArray();
        for (int tenth = 0; tenth < 10; tenth++) {
            assertThat(IntStream.range(tenth * 100, tenth * 100 + 100).map(i -> each[i]).sum()).isCloseTo(10_000,
                    within(500));
        }
        assertThat(IntStream.of(each).mapToDouble(count -> (count - 100.0) * (count - 100.0) / 100).sum())
                .isCloseTo(999, within(3 * 45.0));
        assertThat(IntStream.of(each).boxed()).allSatisfy(count -> assertThat(count).isBetween(40, 160));
        // and
        assertThat(movedFromOthers.sum()).isZero();
        int[] inherited = IntStream.range(0, 1_000).map(heirs::get).toArray();
        assertThat(IntStream.of(inherited).sum()).isEqualTo(each[lost]);
        assertThat(inherited[lost]).isZero();
        assertThat(IntStream.of(inherited).max().orElseThrow()).isLessThan(5);
    }

    @Test
    void aNodeThatDiesTakesOnlyItsOwnAccountsAlong() {
        List<Node> nodes = nodes(50);
        Rendezvous rendezvous = new Rendezvous(nodes, _ -> 1);
        Node lost = nodes.get(17);
        Map<Node, Integer> heirs = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            Node before = choose(rendezvous, "account" + i, _ -> 1);
            Node after = choose(rendezvous, "account" + i, node -> node.equals(lost) ? 0 : 1);
            if (before.equals(lost)) {
                assertThat(after).isNotEqualTo(lost);
                heirs.merge(after, 1, Integer::sum);
            } else {
                assertThat(after).isSameAs(before);
            }
        }
        // some 200 accounts spread over the 49 others
        assertThat(heirs).hasSizeGreaterThan(40);
        assertThat(heirs.values()).allSatisfy(count -> assertThat(count).isLessThan(16));
    }

    @Test
    void theOrderOfAnAccountDoesNotDependOnWhichNodesThereAre() {
        List<Node> nodes = new ArrayList<>(nodes(40));
        for (int i = 0; i < 200; i++) {
            Node first = choose(nodes, "account" + i);
            List<Node> fewer = nodes.stream().filter(node -> nodes.indexOf(node) % 2 == 0 || node.equals(first))
                    .toList();
            assertThat(choose(fewer, "account" + i)).isSameAs(first);
        }
    }

    @Test
    void thereMustBeANode() {
        assertThatThrownBy(() -> choose(List.of(), "joe")).isInstanceOf(IllegalArgumentException.class);
    }
}
