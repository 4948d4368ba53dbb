package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * Clients that ask for rows with their own name in each, one query after the other, and come back when they lost their
 * connection. Whatever they must not get is a complaint: a row of another one, an ERR that is none, silence.
 */
final class BusyClients implements Closeable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int ROWS = 40;

    private final Address proxy;
    private final String user;
    private final List<Thread> threads = new ArrayList<>();
    private final List<AtomicInteger> rounds = new ArrayList<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final Queue<String> losses = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    private BusyClients(Address proxy, String user) {
        this.proxy = proxy;
        this.user = user;
    }

    static BusyClients start(Address proxy, String user, int count) {
        BusyClients all = new BusyClients(proxy, user);
        for (int i = 0; i < count; i++) {
            String name = "client " + i;
            AtomicInteger done = new AtomicInteger();
            all.rounds.add(done);
            all.threads.add(Thread.ofPlatform().daemon().name(name).start(() -> all.live(name, done)));
        }
        return all;
    }

    /** Waits until each has got some more answers, all of them right. */
    void awaitProgress() {
        List<Integer> before = rounds.stream().map(AtomicInteger::get).toList();
        Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(10)).until(() -> {
            for (int i = 0; i < before.size(); i++) {
                if (rounds.get(i).get() < before.get(i) + 3 && complaints.isEmpty()) {
                    return false;
                }
            }
            return true;
        });
        assertThat(complaints).isEmpty();
    }

    /** Waits until none gets an answer any more. */
    void awaitStandstill() {
        int[] last = {-1};
        Awaitility.await().pollInterval(Duration.ofMillis(200)).until(() -> {
            int before = last[0];
            last[0] = rounds.stream().mapToInt(AtomicInteger::get).sum();
            return last[0] == before;
        });
    }

    /** What clients lost connections with: the texts of ERR packets, or a word for none. */
    Queue<String> losses() {
        return losses;
    }

    private void live(String name, AtomicInteger done) {
        while (!over) {
            try (RawClient client = RawClient.connect(proxy).limit(LIMIT)) {
                Packet answer = client.tryLogin(Login.clear(user, ""));
                if (answer.isOk()) {
                    ask(client, name, done);
                } else {
                    lost(answer);
                    LockSupport.parkNanos(20_000_000);
                }
            } catch (SocketTimeoutException e) {
                complaints.add(name + " waits for ever: " + e);
            } catch (IOException _) {
                losses.add("closed");
            } catch (RuntimeException | AssertionError e) {
                complaints.add(name + ": " + e);
            }
        }
    }

    private void ask(RawClient client, String name, AtomicInteger done) throws IOException {
        while (!over) {
            String question = name + ", question " + done.get();
            Reply reply = client.query("SELECT '" + question + "', seq, SLEEP(0.0001) FROM mysql.seq_1_to_" + ROWS);
            if (reply.failed()) {
                lost(reply.last());
                return;
            }
            List<List<String>> rows = reply.textRows();
            if (rows.size() != ROWS || !rows.stream().allMatch(row -> row.getFirst().equals(question))) {
                complaints.add(question + " was answered with " + rows);
            }
            done.incrementAndGet();
        }
    }

    private void lost(Packet packet) {
        Err err = packet.err();
        if (err.code() < 1000 || err.sqlState().length() != 5 || err.message().isBlank()) {
            complaints.add("not a good ERR: " + packet);
        }
        losses.add(err.code() + " " + err.message());
    }

    @Override
    public void close() throws IOException {
        over = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        assertThat(complaints).isEmpty();
    }
}
