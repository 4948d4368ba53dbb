package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Conversation;
import dev.myproxy.peers.ConversationServer;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Heard;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.ServerConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Thousands of connections that break in all ways at all places, by clients and by servers, with some between them that do not
 * and must not notice. Nothing of them stays in the daemon: no descriptor, thread, buffer, session, and no memory.
 */
class BrokenConnectionsIT {

    private static final int CONNECTIONS = Integer.getInteger("myproxy.it.broken", 10_000);
    private static final long SEED = Long.getLong("myproxy.it.seed", 20_26);
    private static final int AT_A_TIME = 12;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long MEGABYTE = 1 << 20;

    private final SharedProxy proxy = SharedProxy.standard();

    /** What one connection does; its result is a complaint, or empty. */
    @FunctionalInterface
    private interface Life {
        String live(String name, Random random) throws IOException;
    }

    @Test
    void leaveNothingBehind() throws Exception {
        byte[] bytes = serverBytes();
        try (FakeServer good = FakeServer.startForMany(Endpoints.tcp(0), ConversationServer::serve);
                FakeServer bad = FakeServer.startForMany(Endpoints.tcp(0), c -> breakOff(c, bytes))) {
            Conversation withGood = Conversation.record(proxy.tcp(), name -> SharedProxy.account(name, good.address()));
            Conversation withBad = withGood.asUser(name -> SharedProxy.account(name, bad.address()));
            run(CONNECTIONS / 8, 0, life(withGood, withBad));
            OsProcess daemon = proxy.process().process();
            long descriptors = settled(daemon::descriptors);
            long threads = settled(daemon::threads);
            long resident = daemon.residentBytes();

            run(CONNECTIONS, CONNECTIONS, life(withGood, withBad));

            proxy.awaitDescriptors(descriptors);
            Awaitility.await("threads").untilAsserted(() -> assertThat(daemon.threads()).isLessThanOrEqualTo(threads));
            System.out.printf("%d broken connections: %d MiB resident before, %d MiB after%n", CONNECTIONS,
                    resident / MEGABYTE, daemon.residentBytes() / MEGABYTE);
            assertThat(daemon.residentBytes() - resident).isLessThan(100 * MEGABYTE);
            proxy.assertHealthy();
            assertThat(withGood.isComplete(withGood.play(proxy.tcp(), Conversation.name(1), LIMIT))).isTrue();
        }
    }

    private void run(int count, int first, Life life) throws Exception {
        List<Future<String>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            for (int i = first; i < first + count; i++) {
                int number = i;
                all.add(threads.submit(() -> life.live(Conversation.name(number), new Random(SEED + number))));
            }
        }
        List<String> complaints = new ArrayList<>();
        for (Future<String> each : all) {
            complaints.add(each.get());
        }
        assertThat(complaints).as("seed %d", SEED).containsOnly("");
    }

    private Life life(Conversation withGood, Conversation withBad) {
        return (name, random) -> {
            Address door = random.nextBoolean() ? proxy.tcp() : proxy.listener("main");
            return switch (random.nextInt(10)) {
                case 0 -> undisturbed(withGood, door, name);
                case 1, 2 -> end(name, withBad.play(door, name, LIMIT));
                case 3, 4 -> end(name, leave(withBad, door, name, random));
                default -> heard(withGood, name, leave(withGood, door, name, random));
            };
        };
    }

    private static String undisturbed(Conversation conversation, Address door, String name) throws IOException {
        Heard heard = conversation.play(door, name, LIMIT);
        return conversation.isComplete(heard) ? heard(conversation, name, heard) : name + " was disturbed: " + heard;
    }

    private static Heard leave(Conversation conversation, Address door, String name, Random random)
            throws IOException {
        Conversation.Leave how = switch (random.nextInt(3)) {
            case 0 -> Conversation.Leave.CLOSE;
            case 1 -> Conversation.Leave.RESET;
            default -> Conversation.Leave.HALF_CLOSE;
        };
        // More often early than late: more happens there, and it costs less.
        int bytes = (int) (conversation.clientBytes() * random.nextDouble() * random.nextDouble());
        return conversation.leave(door, name, bytes, random.nextInt(2), how, LIMIT);
    }

    /** With a server that says anything there is only one thing that must not be. */
    private static String end(String name, Heard heard) {
        return heard.ending() == Heard.Ending.SILENCE ? name + " waits for ever: " + heard : "";
    }

    private static String heard(Conversation conversation, String name, Heard heard) {
        return conversation.complaint(name, heard).map(complaint -> name + ": " + complaint + " in " + heard)
                .orElseGet(() -> end(name, heard));
    }

    /** What a server says that knows what the client will ask for, and does not wait for it. */
    private static byte[] serverBytes() {
        PayloadWriter all = new PayloadWriter();
        all.bytes(PacketStream.frame(0, Greeting.mysql(ServerConnection.randomSalt()).write()));
        all.bytes(PacketStream.frame(2, new PayloadWriter().u8(0xfe).nulText("mysql_native_password")
                .bytes(ServerConnection.randomSalt()).u8(0).toByteArray()));
        IntFunction<byte[]> ok = sequence -> PacketStream.frame(sequence,
                new PayloadWriter().u8(0).u8(0).u8(0).u16(2).u16(0).toByteArray());
        all.bytes(ok.apply(4)).bytes(PacketStream.frame(1, new byte[]{1}))
                .bytes(PacketStream.frame(2, ServerConnection.definition("x")));
        return all.bytes(ok.apply(1)).toByteArray();
    }

    /** Sends some of the bytes and ends in one way or another. */
    private static void breakOff(ServerConnection c, byte[] bytes) throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        c.raw(java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
        switch (random.nextInt(3)) {
            case 0 -> c.reset();
            case 1 -> c.stream().wire().shutdownOutput();
            default -> c.close();
        }
    }

    private static long settled(java.util.concurrent.Callable<Long> number) {
        long[] last = {-1};
        Awaitility.await().pollInterval(Duration.ofMillis(100)).until(() -> {
            long before = last[0];
            last[0] = number.call();
            return before == last[0];
        });
        return last[0];
    }
}
