package dev.myproxy.bench.load;

import dev.myproxy.protocol.Command;
import java.util.concurrent.CompletableFuture;

/** Has one statement at a time answered, for whoever waits for it elsewhere. */
class Single implements Duty {

    private final CompletableFuture<Session> loggedIn = new CompletableFuture<>();
    private CompletableFuture<Session> answer = new CompletableFuture<>();

    /** Ends with the login. */
    CompletableFuture<Session> loggedIn() {
        return loggedIn;
    }

    /** Sends a statement; ends with its answer. For every thread, but not before the answer of the last one. */
    CompletableFuture<Session> query(Session session, String sql) {
        CompletableFuture<Session> next = new CompletableFuture<>();
        session.channel().eventLoop().execute(() -> {
            answer = next;
            session.send(Command.QUERY, sql);
        });
        return next;
    }

    @Override
    public void loggedIn(Session session) {
        loggedIn.complete(session);
    }

    @Override
    public void answered(Session session) {
        answer.complete(session);
    }

    @Override
    public void failed(String reason) {
        LoadException failure = new LoadException(reason);
        loggedIn.completeExceptionally(failure);
        answer.completeExceptionally(failure);
    }
}
