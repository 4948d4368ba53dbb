package dev.myproxy.session.meters;

import dev.myproxy.metrics.ServerCounter;
import dev.myproxy.metrics.Tally;
import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.ResponseObserver;
import dev.myproxy.protocol.ServerStatus;
import java.util.function.LongSupplier;

/**
 * Counts the commands of one session at one server, when they have been answered. Nothing is allocated and nobody waited for.
 *
 * <p>A statement's time begins when the server may begin with it: when it is sent, or when the one before it is answered if
 * the client did not wait for that.
 */
public final class StatementMeters implements ResponseObserver {

    private final LoopMeters loop;
    private final Tally<ServerCounter> server;
    private final LongSupplier nanoTime;
    private long began;

    /** @param nanoTime as {@link System#nanoTime} */
    public StatementMeters(LoopMeters loop, Tally<ServerCounter> server, LongSupplier nanoTime) {
        this.loop = loop;
        this.server = server;
        this.nanoTime = nanoTime;
    }

    @Override
    public void began(Command command) {
        if (command.isQuery()) {
            began = nanoTime.getAsLong();
        }
    }

    @Override
    public void completed(Command command, boolean failed, int errorCode, int status, long affectedRows,
            int warnings) {
        loop.commands().add(command, 1);
        if (!command.isQuery()) {
            return;
        }
        long nanos = nanoTime.getAsLong() - began;
        loop.query().record(nanos);
        server.add(ServerCounter.QUERY_WAIT, nanos);
        server.add(ServerCounter.QUERIES, 1);
        server.add(ServerCounter.AFFECTED_ROWS, Math.max(0, affectedRows));
        server.add(ServerCounter.QUERY_WARNINGS, warnings);
        if (failed) {
            server.add(ServerCounter.QUERY_ERRORS, 1);
        }
        count(status, ServerStatus.NO_GOOD_INDEX_USED, ServerCounter.NO_GOOD_INDEX_QUERIES);
        count(status, ServerStatus.NO_INDEX_USED, ServerCounter.NO_INDEX_QUERIES);
        count(status, ServerStatus.QUERY_WAS_SLOW, ServerCounter.SLOW_QUERIES);
    }

    private void count(int status, int flag, ServerCounter counter) {
        if ((status & flag) != 0) {
            server.add(counter, 1);
        }
    }
}
