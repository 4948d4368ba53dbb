package dev.myproxy.bench.load;

import dev.myproxy.protocol.Command;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/** Selects one row by its key after the other, as fast as they are answered. */
final class PointSelects implements Duty {

    /** COM_STMT_EXECUTE with one parameter: no cursor, one iteration, no NULL, types follow, an INT. */
    private static final byte[] BEFORE_PARAMETER = {0, 1, 0, 0, 0, 0, 1, 3, 0};
    private static final int ROOM = 24;

    private final Measuring measuring;
    private final Statement statement;
    private final byte[] text;
    private final SplittableRandom random;
    private final Runnable ready;
    private Histogram histogram = new Histogram(1);
    private int statementId;
    private boolean preparing;
    private long started;

    /**
     * @param random of this session
     * @param ready  is told when it has begun
     */
    PointSelects(Measuring measuring, Statement statement, SplittableRandom random, Runnable ready) {
        this.measuring = measuring;
        this.statement = statement;
        this.random = random;
        this.ready = ready;
        this.text = statement.select().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void loggedIn(Session session) {
        histogram = measuring.histogram(session.channel().eventLoop());
        if (statement.prepared()) {
            preparing = true;
            session.send(Command.STMT_PREPARE, statement.select() + "?");
        } else {
            ready.run();
            next(session);
        }
    }

    @Override
    public void answered(Session session) {
        if (preparing) {
            preparing = false;
            statementId = session.preparedStatement();
            ready.run();
        } else {
            measuring.record(histogram, started);
        }
        if (measuring.isOver()) {
            session.quit();
        } else {
            next(session);
        }
    }

    private void next(Session session) {
        int key = 1 + random.nextInt(statement.rows());
        ByteBuf packet;
        if (statement.prepared()) {
            packet = session.command(Command.STMT_EXECUTE, ROOM).writeIntLE(statementId)
                    .writeBytes(BEFORE_PARAMETER).writeIntLE(key);
        } else {
            packet = session.command(Command.QUERY, text.length + ROOM).writeBytes(text);
            writeDecimal(packet, key);
        }
        started = System.nanoTime();
        session.send(packet);
    }

    private static void writeDecimal(ByteBuf to, int number) {
        int divisor = 1;
        while (number / divisor >= 10) {
            divisor *= 10;
        }
        for (int rest = number; divisor > 0; divisor /= 10) {
            to.writeByte('0' + rest / divisor % 10);
        }
    }

    @Override
    public void failed(String reason) {
        measuring.fail(reason);
    }
}
