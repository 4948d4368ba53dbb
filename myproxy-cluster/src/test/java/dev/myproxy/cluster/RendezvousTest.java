package dev.myproxy.cluster;

import static dev.myproxy.cluster.NodeState.ALIVE;
import static dev.myproxy.cluster.NodeState.AUTH_FAILED;
import static dev.myproxy.cluster.NodeState.DEAD;
import static dev.myproxy.cluster.NodeState.READ_ONLY;
import static dev.myproxy.cluster.NodeState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {

    @Test
    void takesTheLowestHashUnsigned() {
        // given two nodes whose hashes for "joe" are 11918753372347785946, negative as a signed number, and 310458674367989233
        Node two = node("192.168.0.2", 3306);
        Node three = node("192.168.0.3", 3306);
        assertThat(choose(List.of(two, three), "joe")).isSameAs(three);
        assertThat(choose(List.of(three, two), "joe")).isSameAs(three);
        // and the same node with 5520589749041301446 against that negative one
        Node abstractNode = new Node(new Address.Abstract("server4"));
        assertThat(choose(List.of(two, abstractNode), "joe")).isSameAs(abstractNode);
    }

    @Test
    void theBestStateComesFirst() {
        List<Node> nodes = nodes(5);
        Map<Node, NodeState> states = new HashMap<>();
        NodeState[] all = {UNKNOWN, DEAD, ALIVE, READ_ONLY, AUTH_FAILED};
        for (int i = 0; i < all.length; i++) {
            states.put(nodes.get(i), all[i]);
        }
        for (int i = 0; i < 50; i++) {
            ByteString account = ByteString.of("account" + i);
            assertThat(states.get(Rendezvous.choose(nodes, states::get, account, false))).isEqualTo(ALIVE);
            assertThat(states.get(Rendezvous.choose(nodes, states::get, account, true))).isEqualTo(READ_ONLY);
        }
    }

    @Test
    void readersTakeAWritableNodeRatherThanAnUnknownOne() {
        List<Node> nodes = nodes(2);
        Map<Node, NodeState> states = Map.of(nodes.get(0), UNKNOWN, nodes.get(1), ALIVE);
        for (int i = 0; i < 20; i++) {
            assertThat(Rendezvous.choose(nodes, states::get, ByteString.of("a" + i), true)).isSameAs(nodes.get(1));
        }
    }

    @Test
    void ifAllAreDeadADeadOneIsTried() {
        List<Node> nodes = nodes(3);
        ByteString account = ByteString.of("joe");
        assertThat(Rendezvous.choose(nodes, _ -> DEAD, account, false))
                .isSameAs(Rendezvous.choose(nodes, _ -> ALIVE, account, false));
    }

    @Test
    void nodesOfOneHostShareItsAccounts() {
        Node other = node("192.168.0.3", 3306);
        List<Node> ports = List.of(node("192.168.0.2", 3306), node("192.168.0.2", 3307));
        List<Node> nodes = List.of(ports.get(0), other, ports.get(1));
        Map<Node, Integer> counts = new HashMap<>();
        for (int i = 0; i < 4_000; i++) {
            Node chosen = choose(nodes, "account" + i);
            counts.merge(chosen, 1, Integer::sum);
            // what the host gets does not depend on how many servers it runs
            boolean host = choose(List.of(ports.get(0), other), "account" + i).equals(ports.get(0));
            assertThat(ports.contains(chosen)).isEqualTo(host);
        }
        assertThat(counts.get(ports.get(0))).isCloseTo(1_000, within(120));
        assertThat(counts.get(ports.get(1))).isCloseTo(1_000, within(120));
    }

    @Test
    void equalNodesKeepTheirOrder() {
        List<Node> twins = List.of(node("192.168.0.2", 3306), node("192.168.0.2", 3306));
        for (int i = 0; i < 20; i++) {
            assertThat(choose(twins, "account" + i)).isSameAs(twins.getFirst());
        }
    }

    @Test
    void everyNodeGetsItsShare() {
        // 100,000 accounts on 20 nodes: 5,000 each, with a standard deviation of 69
        Map<Node, Integer> counts = count(nodes(20), 100_000);
        assertThat(counts).hasSize(20);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isCloseTo(5_000, within(250)));
    }

    @Test
    void aThousandNodesAreUsedAsChanceWould() {
        // 2,000 accounts on 1,000 nodes: chi-square has 999 degrees of freedom, so a standard deviation of 45
        Map<Node, Integer> counts = count(nodes(1_000), 2_000);
        double chiSquare = (1_000 - counts.size()) * 2.0
                + counts.values().stream().mapToDouble(count -> (count - 2.0) * (count - 2.0) / 2.0).sum();
        assertThat(chiSquare).isCloseTo(999, within(3 * 45.0));
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isLessThan(12));
    }

    @Test
    void aNodeThatDiesTakesOnlyItsOwnAccountsAlong() {
        List<Node> nodes = nodes(50);
        Node lost = nodes.get(17);
        Map<Node, Integer> heirs = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            ByteString account = ByteString.of("account" + i);
            Node before = Rendezvous.choose(nodes, _ -> ALIVE, account, false);
            Node after = Rendezvous.choose(nodes, node -> node.equals(lost) ? DEAD : ALIVE, account, false);
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
    void thereMustBeANode() {
        assertThatThrownBy(() -> choose(List.of(), "joe")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<Node, Integer> count(List<Node> nodes, int accounts) {
        Map<Node, Integer> counts = new HashMap<>();
        for (int i = 0; i < accounts; i++) {
            counts.merge(choose(nodes, "account" + i), 1, Integer::sum);
        }
        return counts;
    }

    private static Node choose(List<Node> nodes, String account) {
        return Rendezvous.choose(nodes, _ -> UNKNOWN, ByteString.of(account), false);
    }

    private static List<Node> nodes(int count) {
        return new ArrayList<>(
                IntStream.range(0, count).mapToObj(i -> node("10.7." + i / 250 + "." + (1 + i % 250), 3306)).toList());
    }

    private static Node node(String ip, int port) {
        try {
            return new Node(Address.inet(InetAddress.getByName(ip), port));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
