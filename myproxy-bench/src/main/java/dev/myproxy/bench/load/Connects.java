package dev.myproxy.bench.load;

import dev.myproxy.protocol.Command;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Connects, logs in, asks for {@code SELECT 1}, quits, and begins again. */
final class Connects implements Duty {

    private final Measuring measuring;
    private final Histogram histogram;
    private final Runnable connect;
    private long started;

    /**
     * @param histogram of the event loop of all of its sessions
     * @param connect   opens the next connection for this duty
     */
    Connects(Measuring measuring, Histogram histogram, Consumer<Connects> connect) {
        this.measuring = measuring;
        this.histogram = histogram;
        this.connect = () -> connect.accept(this);
    }

    void begin() {
        started = System.nanoTime();
        connect.run();
    }

    @Override
    public void loggedIn(Session session) {
        session.send(Command.QUERY, "SELECT 1");
    }

    @Override
    public void answered(Session session) {
        session.quit();
        measuring.record(histogram, started);
        if (!measuring.isOver()) {
            begin();
        }
    }

    @Override
    public void failed(String reason) {
        measuring.fail(reason);
    }
}
