package dev.myproxy.lua.lib.sodium;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Promise;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Password hashes that are meant to be slow (Argon2id), computed on a few threads of their own while the script waits.
 * What comes when too many wait is turned away.
 */
final class PasswordHashes {

    /** What libsodium advises for logins: 2 passes over 64 MiB, some tenths of a second. */
    private static final long OPERATIONS = 2;
    private static final long MEMORY_BYTES = 64L << 20;

    /** With the NUL at its end. */
    private static final int HASH_BYTES = 128;

    private static final int MAX_WAITING = 64;
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;
    private final Timer timer;

    PasswordHashes(MeterRegistry meters) {
        this(meters, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), MAX_WAITING);
    }

    PasswordHashes(MeterRegistry meters, int count, int maxWaiting) {
        threads = new ThreadPoolExecutor(count, count, IDLE_SECONDS, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(maxWaiting),
                Thread.ofPlatform().daemon().name("password-hash-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        timer = Timer.builder("myproxy.password.hash").description("Computing of password hashes").register(meters);
    }

    LuaReply hash(LuaArgs args) {
        byte[] password = args.string(1).toByteArray();
        return later(() -> {
            byte[] hash = new byte[HASH_BYTES];
            return Natives.crypto_pwhash_str(hash, password, password.length, OPERATIONS, MEMORY_BYTES) == 0
                    ? List.of(LuaValue.of(ByteString.copyOf(hash).untilNul()))
                    : failure("Not enough memory for a password hash");
        });
    }

    LuaReply verify(LuaArgs args) {
        ByteString hash = args.string(1);
        if (!hash.utf8().startsWith("$argon2") || hash.length() >= HASH_BYTES || !hash.equals(hash.untilNul())) {
            throw args.bad(1, "Malformed hash");
        }
        byte[] terminated = Arrays.copyOf(hash.toByteArray(), HASH_BYTES);
        byte[] password = args.string(2).toByteArray();
        return later(() -> List.of(LuaValue
                .of(Natives.crypto_pwhash_str_verify(terminated, password, password.length) == 0)));
    }

    private LuaReply later(Supplier<List<LuaValue>> computation) {
        Promise<List<LuaValue>> results = Promise.promise();
        AtomicBoolean cancelled = new AtomicBoolean();
        try {
            threads.execute(() -> {
                if (!cancelled.get()) {
                    compute(computation, results);
                }
            });
        } catch (RejectedExecutionException e) {
            return new LuaReply.Results(failure("Too many password hashes at once"));
        }
        return new LuaReply.Later(results.future(), () -> cancelled.set(true));
    }

    private void compute(Supplier<List<LuaValue>> computation, Promise<List<LuaValue>> results) {
        try {
            results.complete(timer.record(computation));
        } catch (RuntimeException e) {
            results.fail(e);
        }
    }

    private static List<LuaValue> failure(String message) {
        return List.of(LuaValue.nil(), LuaValue.of(message));
    }

    /** Lets computations that have begun end. */
    void close() {
        threads.shutdownNow();
    }
}
