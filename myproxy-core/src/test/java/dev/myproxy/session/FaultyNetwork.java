package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Conversation;
import dev.myproxy.peers.ConversationServer;
import dev.myproxy.peers.Direction;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Fault;
import dev.myproxy.peers.FaultRelay;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Heard;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.ScriptEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A proxy between clients and a server that hold {@link Conversation}s, some of them through a relay that breaks. */
final class FaultyNetwork implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Where the network breaks. */
    enum Side {
        CLIENT, SERVER;

        /** What the log then gives as the cause; a session may have been over before. */
        Set<String> causes() {
            return switch (this) {
                case CLIENT -> Set.of("client_closed", "client_quit", "client_malformed");
                case SERVER -> Set.of("client_quit", "server_closed", "connect_failed");
            };
        }
    }

    /**
     * How a conversation went.
     *
     * @param what      was done to it
     * @param id        of the session; 0 if the client has not heard it
     * @param complete  whether the client got everything
     * @param refused   whether it got an ERR
     * @param complaint what must not be; empty if all is well
     */
    record Run(String what, long id, boolean complete, boolean refused, String complaint) {}

    private final FakeServer server;
    private final TestProxy proxy;
    private final Conversation conversation;
    private final Map<ByteString, Address> detours;
    private final AtomicInteger clients = new AtomicInteger();

    private FaultyNetwork(FakeServer server, TestProxy proxy, Conversation conversation,
            Map<ByteString, Address> detours) {
        this.server = server;
        this.proxy = proxy;
        this.conversation = conversation;
        this.detours = detours;
    }

    static FaultyNetwork start() throws IOException {
        return start(SessionSettings.DEFAULT, ListenOptions.DEFAULT);
    }

    static FaultyNetwork start(SessionSettings settings, ListenOptions options) throws IOException {
        Map<ByteString, Address> detours = new ConcurrentHashMap<>();
        FakeServer server = FakeServer.startForMany(Endpoints.tcp(0), ConversationServer::serve);
        TestProxy proxy = TestProxy.start(settings, new Handlers(1, Set.of(), options),
                event -> route(event, detours, server.address()));
        return new FaultyNetwork(server, proxy, Conversation.record(proxy.address(), UnaryOperator.identity()),
                detours);
    }

    private static Decision route(ScriptEvent event, Map<ByteString, Address> detours, Address server) {
        return event instanceof ScriptEvent.HandshakeResponse login
                ? TestProxy.connect(event, detours.getOrDefault(login.user(), server))
                : new Decision.Failed("unexpected " + event);
    }

    /** Clients at the same proxy and the same server that nothing happens to. */
    Bystanders bystanders() {
        return Bystanders.start(this::undisturbed, 2);
    }

    private String undisturbed() throws IOException {
        String name = Conversation.name(clients.incrementAndGet());
        Heard heard = conversation.play(proxy.address(), name, LIMIT);
        return conversation.isComplete(heard)
                ? conversation.complaint(name, heard).orElse("")
                : name + " was disturbed: " + heard;
    }

    /** How many bytes one connection of a conversation has. */
    long length(Side side, Direction direction) throws IOException {
        String name = Conversation.name(clients.incrementAndGet());
        try (FaultRelay relay = relay(side, name, Map.of())) {
            conversation.play(side == Side.CLIENT ? relay.address() : proxy.address(), name, LIMIT);
            return relay.connections().stream().mapToLong(each -> each.forwarded(direction)).max().orElseThrow();
        }
    }

    /** A conversation with faults, which must come to an end. */
    Run run(Side side, Direction direction, List<Fault> faults) throws IOException {
        String name = Conversation.name(clients.incrementAndGet());
        Heard heard;
        try (FaultRelay relay = relay(side, name, Map.of(direction, faults))) {
            heard = conversation.play(side == Side.CLIENT ? relay.address() : proxy.address(), name, LIMIT);
        }
        String what = side + " " + direction + " " + faults;
        String complaint = conversation.complaint(name, heard).orElse("");
        if (heard.ending() == Heard.Ending.SILENCE) {
            complaint = "nothing happened any more " + complaint;
        }
        boolean greeted = !heard.packets().isEmpty();
        return new Run(what, greeted ? Greeting.read(heard.packets().getFirst().payload()).connectionId() : 0,
                conversation.isComplete(heard), greeted && heard.packets().getLast().isErr(),
                complaint.isEmpty() ? "" : what + ": " + complaint + " in " + heard);
    }

    private FaultRelay relay(Side side, String name, Map<Direction, List<Fault>> faults) throws IOException {
        FaultRelay relay = FaultRelay.start(Endpoints.tcp(0),
                side == Side.CLIENT ? proxy.address() : server.address(), faults);
        if (side == Side.SERVER) {
            detours.put(ByteString.of(name), relay.address());
        }
        return relay;
    }

    /** Waits for what comes at once, or within seconds on a busy machine. */
    static ConditionFactory soon() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(30));
    }

    int sessions() {
        return proxy.sessions().count();
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.close();
    }
}
