package dev.myproxy.pg;

import dev.myproxy.protocol.ByteString;
import io.vertx.core.internal.ContextInternal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement that runs on a connection, and the wish to cancel it. The request to cancel goes over a connection of its
 * own and may come too early or too late, so it is repeated; and unless it is certain that it hit, the connection must
 * not be used for another statement, which it could hit. For one event loop.
 */
final class Running {

    /** Why a statement failed if the connection broke without a word of the server. */
    static final String LOST = "server closed the connection unexpectedly\n";

    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    private static final long REPEAT_MILLIS = 1000;

    private final ContextInternal context;
    private final Wire wire;
    private final PgStatement statement;
    private final Consumer<Running> ended;
    private final Answer answer;
    private Optional<PgFailure> failure = Optional.empty();
    private boolean over;
    private boolean lost;
    private int cancels;

    /**
     * @param ended called once, when the next statement may be sent or the connection is gone
     */
    Running(ContextInternal context, Wire wire, PgStatement statement, PgLimits limits, Consumer<Running> ended) {
        this.context = context;
        this.wire = wire;
        this.statement = statement;
        this.ended = ended;
        this.answer = new Answer(statement, limits.maxResultBytes(), this::cancel);
    }

    void start() {
        wire.execute(statement, answer).onComplete(ar -> {
            if (ar.failed() && answer.failure().isEmpty()) {
                answer.fail(wire.isOpen() ? new PgFailure(String.valueOf(ar.cause().getMessage())) : gone());
            }
            end();
        });
    }

    private PgFailure gone() {
        return new PgFailure(wire.lastWords().orElse(LOST));
    }

    /** The connection is gone. */
    void lost() {
        if (!over) {
            answer.fail(gone());
            end();
        }
    }

    private void end() {
        if (!over) {
            over = true;
            lost = !wire.isOpen();
            failure = answer.failure();
            ended.accept(this);
        }
    }

    /** Asks the server to cancel the statement, again and again until it has ended. */
    void cancel() {
        if (!over && wire.isOpen()) {
            cancels++;
            wire.cancel().onFailure(e -> LOG.debug("Cancelling failed", e));
            context.setTimer(REPEAT_MILLIS, _ -> cancel());
        }
    }

    boolean isOver() {
        return over;
    }

    Optional<PgFailure> failure() {
        return failure;
    }

    /** If there was no failure. */
    PgResult result() {
        return answer.result().orElseGet(() -> new PgResult(List.<ByteString>of(), List.of(), OptionalLong.empty()));
    }

    /** Whether the connection is gone. */
    boolean isLost() {
        return lost;
    }

    /** Whether the connection is there, but better not used any more. */
    boolean mustReplace() {
        return !lost && cancels > 0 && (cancels > 1 || !answer.wasCancelled() || !answer.isIdle());
    }
}
