package dev.myproxy.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A session for preparations: one statement after the other, each awaited. Made by {@link Generator#open}. */
public final class SqlSession implements AutoCloseable {

    private final Single duty;
    private final Session session;

    private SqlSession(Single duty, Session session) {
        this.duty = duty;
        this.session = session;
    }

    static SqlSession open(Generator generator, Endpoint endpoint, Single duty, Duration limit)
            throws IOException, InterruptedException {
        generator.connect(endpoint, generator.nextLoop(), duty);
        return new SqlSession(duty, await(duty.loggedIn(), limit, "login at " + endpoint.address()));
    }

    /** Runs statements, which must not fail; what they give is dropped. */
    public void execute(Duration limit, String... statements) throws IOException, InterruptedException {
        for (String sql : statements) {
            await(duty.query(session, sql), limit, sql.substring(0, Math.min(sql.length(), 60)));
        }
    }

    /** All bytes that were received. */
    long receivedBytes() {
        return session.receivedBytes();
    }

    private static <T> T await(CompletableFuture<T> future, Duration limit, String what)
            throws IOException, InterruptedException {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new LoadException("Not done within " + limit.toSeconds() + " s: " + what, e);
        } catch (ExecutionException e) {
            String reason = e.getCause() == null ? e.toString() : String.valueOf(e.getCause().getMessage());
            throw new LoadException(reason + " (" + what + ")", e);
        }
    }

    @Override
    public void close() {
        session.channel().eventLoop().execute(session::quit);
    }
}
