package dev.myproxy.cgroup;

import dev.myproxy.address.PeerCredentials;
import dev.myproxy.posix.Errno;
import dev.myproxy.posix.ErrnoException;
import dev.myproxy.posix.PosixFiles;
import dev.myproxy.posix.PosixSockets;
import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the control groups of clients. Thread-safe.
 *
 * <p>A process number alone may have gone to another process by the time that its files are read. So the kernel is asked for a
 * pidfd of the client's process, where it can give one, and what was read counts only if that process still lived
 * afterwards. The pidfd is closed at once.
 */
public final class Cgroups {

    private static final int THREADS = 2;
    private static final int MOST_WAITING = 10_000;
    private static final long IDLE_SECONDS = 30;

    private final ProcessFiles files;
    private final Executor readers = readers();
    private volatile @Nullable Hierarchy hierarchy;

    public Cgroups() {
        this(Path.of("/proc"));
    }

    /**
     * @param proc where procfs is mounted
     */
    Cgroups(Path proc) {
        files = new ProcessFiles(proc);
    }

    /** Threads that come when there is work and go after it. */
    private static Executor readers() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING), Thread.ofPlatform().name("cgroup-", 0).daemon().factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** How to find the group of the process behind a Unix socket. Nothing happens before somebody asks. */
    public CgroupSource of(Channel client, PeerCredentials credentials) {
        return credentials.pid() > 0 ? () -> later(() -> read(client, credentials.pid())) : CgroupSource.NONE;
    }

    /** Does something that may block. */
    <T> Future<T> later(Callable<T> work) {
        Promise<T> promise = Promise.promise();
        try {
            readers.execute(() -> complete(promise, work));
        } catch (RejectedExecutionException _) {
            promise.fail(new IOException("Too many cgroups are being read"));
        }
        return promise.future();
    }

    private static <T> void complete(Promise<T> promise, Callable<T> work) {
        T result;
        try {
            result = work.call();
        } catch (Exception | LinkageError e) {
            promise.fail(e);
            return;
        }
        promise.complete(result);
    }

    private Optional<Cgroup> read(Channel client, int pid) throws IOException {
        PosixSockets.link();
        OptionalInt pidfd = pidfd(client);
        if (pidfd.isEmpty()) {
            return files.cgroup(pid).map(path -> new KernelCgroup(path, this));
        }
        try {
            return files.cgroup(pid, pidfd.getAsInt()).map(path -> new KernelCgroup(path, this));
        } finally {
            PosixFiles.close(pidfd.getAsInt());
        }
    }

    /** Asks the client's event loop, because that alone knows whether the descriptor still is the client's. */
    private static OptionalInt pidfd(Channel client) throws IOException {
        var asked = client.eventLoop().submit(() -> pidfdNow(client)).awaitUninterruptibly();
        if (asked.isSuccess()) {
            return asked.getNow();
        }
        // Kernels before Linux 6.14 say EINVAL of a process that is gone altogether.
        if (asked.cause() instanceof ErrnoException e && (e.errno() == Errno.ESRCH || e.errno() == Errno.EINVAL)) {
            throw ProcessFiles.exited();
        }
        throw new IOException("Failed to find the client's process: " + asked.cause().getMessage(), asked.cause());
    }

    private static OptionalInt pidfdNow(Channel client) throws IOException {
        if (!client.isOpen()) {
            throw new IOException("the connection is closed");
        }
        return client instanceof UnixChannel unix
                ? PosixSockets.peerPidfd(unix.fd().intValue())
                : OptionalInt.empty();
    }

    /** Where the hierarchy is mounted; once found, that stays. Blocks. */
    Hierarchy hierarchy() throws IOException {
        Hierarchy known = hierarchy;
        if (known == null) {
            known = files.hierarchy()
                    .orElseThrow(() -> new IOException("No unified cgroup hierarchy (cgroup2) is mounted"));
            hierarchy = known;
        }
        return known;
    }
}
