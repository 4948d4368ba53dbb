package dev.myproxy.session;

import static dev.myproxy.session.FaultyNetwork.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that do the same again and again while others have trouble, each in a thread of its own. */
final class Bystanders implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicLong rounds = new AtomicLong();
    private volatile boolean over;

    private Bystanders() {}

    /** @param life what they do; its result is a complaint, or empty */
    static Bystanders start(Callable<String> life, int count) {
        Bystanders all = new Bystanders();
        for (int i = 0; i < count; i++) {
            all.threads.add(Thread.ofPlatform().daemon().name("bystander " + i).start(() -> all.live(life)));
        }
        return all;
    }

    private void live(Callable<String> life) {
        while (!over && complaints.isEmpty()) {
            try {
                String complaint = life.call();
                if (!complaint.isEmpty()) {
                    complaints.add(complaint);
                }
                rounds.incrementAndGet();
                Thread.sleep(PAUSE);
            } catch (Exception e) {
                complaints.add(e.toString());
            }
        }
    }

    /** Ends them; they have done something, and nothing has disturbed them. */
    void assertContent() {
        soon().until(() -> rounds.get() >= threads.size() || !complaints.isEmpty());
        close();
        assertThat(complaints).isEmpty();
    }

    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
