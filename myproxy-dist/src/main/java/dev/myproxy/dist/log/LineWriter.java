package dev.myproxy.dist.log;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines to two streams, in the order in which they came, on a thread of its own. Thread-safe.
 *
 * <p>A line that comes alone is written at once. Lines that follow it within {@link #REST_NANOS} are written together after that
 * time: waking the thread for each of them would cost more than all the rest of a line.
 *
 * <p>At most {@value #LIMIT_BYTES} bytes wait to be written. Beyond that {@link #offer} drops lines and counts them, and
 * {@link #put} waits. The number of dropped lines is written as soon as there is room.
 */
public final class LineWriter {

    /** Which stream a line goes to. */
    public enum Target {
        OUT, ERR
    }

    private static final int LIMIT_BYTES = 4 << 20;
    private static final int OVERHEAD_BYTES = 64;

    /** How long the thread rests after it has written something. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private sealed interface Item {}

    private static final class Line implements Item {
        final Target target;
        final byte[] text;
        final int cost;

        Line(Target target, byte[] text, int cost) {
            this.target = target;
            this.text = text;
            this.cost = cost;
        }
    }

    private record Mark(CountDownLatch reached) implements Item {}

    private final Queue<Item> queue = new ConcurrentLinkedQueue<>();

    /** Whether the thread waits for as long as nothing comes, and has to be woken. */
    private final AtomicBoolean idle = new AtomicBoolean();

    private final Semaphore room = new Semaphore(LIMIT_BYTES);
    private final AtomicLong lost = new AtomicLong();
    private final OutputStream out;
    private final OutputStream err;
    private final Thread thread = Thread.ofPlatform().name("myproxy-log").daemon().unstarted(this::run);

    /** The writer of this process's stdout and stderr. What is left is written when the JVM exits. */
    public static LineWriter standard() {
        return Standard.WRITER;
    }

    private static final class Standard {
        static final LineWriter WRITER = start(new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err));

        static {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> WRITER.flush(Duration.ofSeconds(2)), "myproxy-log-end"));
        }
    }

    private LineWriter(OutputStream out, OutputStream err) {
        this.out = new BufferedOutputStream(out);
        this.err = new BufferedOutputStream(err);
    }

    /** Starts a writer; its thread ends with the JVM. */
    static LineWriter start(OutputStream out, OutputStream err) {
        LineWriter writer = new LineWriter(out, err);
        writer.thread.start();
        return writer;
    }

    /**
     * Takes a line and never waits.
     *
     * @param text without its end
     */
    public void offer(Target target, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int cost = cost(bytes);
        if (room.tryAcquire(cost)) {
            take(new Line(target, bytes, cost));
        } else {
            lost.incrementAndGet();
        }
    }

    /**
     * Takes a line, and waits for room if there is none. Not for event loops.
     *
     * @param text without its end; taken over
     */
    public void put(Target target, byte[] text) {
        int cost = cost(text);
        room.acquireUninterruptibly(cost);
        take(new Line(target, text, cost));
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

    private static int cost(byte[] text) {
        return Math.min(text.length + OVERHEAD_BYTES, LIMIT_BYTES);
    }

    private void run() {
        @Nullable
        Target last = null;
        while (true) {
            switch (next(last)) {
                case Line line -> {
                    if (last != null && last != line.target) {
                        flush(last);
                    }
                    last = line.target;
                    if (!write(line.target, line.text)) {
                        lost.incrementAndGet();
                    }
                    room.release(line.cost);
                    reportLost();
                }
                case Mark mark -> {
                    if (last != null) {
                        flush(last);
                    }
                    mark.reached.countDown();
                }
            }
        }
    }

    /** The next item. Before it waits for one, what was written so far is flushed. */
    private Item next(@Nullable Target last) {
        Item item = queue.poll();
        if (item == null && last != null) {
            flush(last);
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
        if (lost.get() > 0 && flush(Target.OUT) && flush(Target.ERR)) {
            write(Target.ERR,
                    (lost.getAndSet(0) + " log lines lost: nobody reads them fast enough, or the disk is full")
                            .getBytes(StandardCharsets.UTF_8));
            flush(Target.ERR);
        }
    }

    private OutputStream stream(Target target) {
        return target == Target.OUT ? out : err;
    }

    /** Says whether it is written, as far as can be told. The daemon goes on without a log that can't be written. */
    private boolean write(Target target, byte[] text) {
        try {
            stream(target).write(text);
            stream(target).write('\n');
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** The same for all that has been written before. What can't be is tried again, up to the size of a buffer. */
    private boolean flush(Target target) {
        try {
            stream(target).flush();
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
