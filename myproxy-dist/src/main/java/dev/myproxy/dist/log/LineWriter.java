package dev.myproxy.dist.log;

import dev.myproxy.protocol.ByteString;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes lines into a {@link Sink}, in the order in which they came, on a thread of its own. Thread-safe.
 *
 * <p>A line that comes alone is written at once. Lines that follow it within {@link #REST_NANOS} are written together after that
 * time: waking the thread for each of them would cost more than all the rest of a line.
 *
 * <p>At most {@value #LIMIT_BYTES} bytes wait to be written. Beyond that {@link #offer} loses lines, {@link #put} waits, and
 * {@link #print} does the one after the other. How many lines are lost is written as soon as a line can be.
 */
public final class LineWriter {

    /** Which stream a line goes to. */
    public enum Target {
        OUT, ERR
    }

    private static final int LIMIT_BYTES = 4 << 20;

    /** How long the thread rests after it has written something. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** How long {@link #print} waits. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private sealed interface Item {}

    private record Line(Entry entry, int cost) implements Item {}

    private record Change(Sink to) implements Item {}

    private record Mark(CountDownLatch reached) implements Item {}

    private final Queue<Item> queue = new ConcurrentLinkedQueue<>();

    /** Whether the thread waits for as long as nothing comes, and has to be woken. */
    private final AtomicBoolean idle = new AtomicBoolean();

    private final Semaphore room = new Semaphore(LIMIT_BYTES);
    private final AtomicLong lost = new AtomicLong();

    /** Whether somebody waited for room in vain, and none has come since. */
    private volatile boolean stuck;

    /** Of the thread alone. */
    private Sink sink;

    private final Thread thread = Thread.ofPlatform().name("myproxy-log").daemon().unstarted(this::run);

    /** The writer of this process's stdout and stderr. What is left is written when the JVM exits. */
    public static LineWriter standard() {
        return Standard.WRITER;
    }

    private static final class Standard {
        static final LineWriter WRITER = start(LogFormat.TEXT.sink());

        static {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> WRITER.flush(Duration.ofSeconds(2)), "myproxy-log-end"));
        }
    }

    private LineWriter(Sink sink) {
        this.sink = sink;
    }

    /** Starts a writer; its thread ends with the JVM. */
    static LineWriter start(Sink sink) {
        LineWriter writer = new LineWriter(sink);
        writer.thread.start();
        return writer;
    }

    /** What is taken from now on goes to another sink. */
    void use(Sink other) {
        queue.add(new Change(other));
    }

    /** Takes an entry and never waits. */
    void offer(Entry entry) {
        int cost = cost(entry);
        takeOrLose(room.tryAcquire(cost), new Line(entry, cost));
    }

    private void takeOrLose(boolean hasRoom, Line line) {
        if (hasRoom) {
            take(line);
        } else {
            lost.incrementAndGet();
        }
    }

    /**
     * Takes a line for stdout. If there is no room, it waits for a second; whoever comes then does not, until something is written.
     * Not for event loops.
     *
     * @param text without its end
     */
    public void print(byte[] text) {
        Entry entry = Entry.of(Priority.INFO, ByteString.copyOf(text));
        int cost = cost(entry);
        takeOrLose(room.tryAcquire(cost) || comes(cost), new Line(entry, cost));
    }

    private boolean comes(int cost) {
        try {
            stuck = stuck || !room.tryAcquire(cost, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return !stuck;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Takes a line, and waits for room if there is none. Not for event loops, and not for a daemon.
     *
     * @param text without its end
     */
    public void put(Target target, byte[] text) {
        Entry entry = Entry.of(Priority.of(target), ByteString.copyOf(text));
        int cost = cost(entry);
        room.acquireUninterruptibly(cost);
        take(new Line(entry, cost));
    }

    private void take(Line line) {
        queue.add(line);
        if (idle.get() ? idle.compareAndSet(true, false) : room.availablePermits() < LIMIT_BYTES / 2) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Waits until everything taken so far is written, or for the given time.
     *
     * @return whether it is written
     */
    public boolean flush(Duration atMost) {
        CountDownLatch reached = new CountDownLatch(1);
        queue.add(new Mark(reached));
        idle.set(false);
        LockSupport.unpark(thread);
        try {
            return reached.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int cost(Entry entry) {
        return (int) Math.min(entry.cost(), LIMIT_BYTES);
    }

    private void run() {
        boolean rests = false;
        while (true) {
            switch (next(rests)) {
                case Line line -> {
                    rests = true;
                    boolean written = sink.write(line.entry);
                    room.release(line.cost);
                    stuck = false;
                    if (written) {
                        reportLost();
                    } else {
                        lost.incrementAndGet();
                    }
                }
                case Change change -> {
                    sink.flush();
                    sink = change.to;
                }
                case Mark mark -> {
                    sink.flush();
                    mark.reached.countDown();
                }
            }
        }
    }

    /** The next item. Before it waits for one, what was written so far is flushed. */
    private Item next(boolean rests) {
        Item item = queue.poll();
        if (item == null && rests) {
            sink.flush();
            LockSupport.parkNanos(this, REST_NANOS);
            item = queue.poll();
        }
        while (item == null) {
            idle.set(true);
            item = queue.poll();
            if (item == null) {
                LockSupport.park(this);
                item = queue.poll();
            }
            idle.set(false);
        }
        return item;
    }

    /** Says how many lines are lost, if there is room for that. */
    private void reportLost() {
        long count = lost.get();
        if (count > 0 && sink.flush() && sink.write(Entry.of(Priority.ERROR, ByteString.of(
                count + " log lines lost: nobody reads them fast enough, or the disk is full")))) {
            lost.addAndGet(-count);
            sink.flush();
        }
    }
}
