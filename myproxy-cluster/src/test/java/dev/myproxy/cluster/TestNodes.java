package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.address.AddressException;
import dev.myproxy.address.AddressParser;
import dev.myproxy.address.Purpose;
import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Nodes for tests. */
final class TestNodes {

    private TestNodes() {}

    static Address address(String text) {
        try {
            return AddressParser.parseNumeric(ByteString.of(text), 3306, Purpose.CONNECT);
        } catch (AddressException e) {
            throw new AssertionError(e);
        }
    }

    static List<Address> addresses(String... texts) {
        return List.of(texts).stream().map(TestNodes::address).toList();
    }

    /** Nodes with addresses of their own. */
    static List<Node> nodes(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Node(address("10.7." + i / 250 + "." + (1 + i % 250))))
                .toList();
    }

    static List<Node> nodes(String... texts) {
        return addresses(texts).stream().map(Node::new).toList();
    }

    /** An account's node; all have the same weight and are in the same state. */
    static Node choose(List<Node> nodes, String account) {
        return choose(new Rendezvous(nodes, _ -> 1), account, _ -> 0);
    }

    static Node choose(Rendezvous rendezvous, String account, ToIntFunction<Node> rank) {
        List<Node> nodes = rendezvous.nodes();
        return nodes.get(rendezvous.order(ByteString.of(account)).first(i -> rank.applyAsInt(nodes.get(i))));
    }
}
