package dev.myproxy.session;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/**
 * What the log would say of defects: exceptions that nobody expected. While it collects, nothing else of sessions is
 * logged.
 */
final class Complaints extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final List<String> LOGGERS = List.of("dev.myproxy", "io.netty", "io.vertx");

    private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

    private Complaints() {}

    static Complaints collect() {
        Complaints complaints = new Complaints();
        complaints.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
        complaints.start();
        LOGGERS.forEach(name -> {
            Logger logger = logger(name);
            logger.setLevel(name.startsWith("dev") ? Level.ERROR : Level.WARN);
            logger.setAdditive(false);
            logger.addAppender(complaints);
        });
        return complaints;
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }

    /** Fails if there is something. */
    void check() {
        ILoggingEvent event = events.poll();
        if (event != null) {
            events.clear();
            Throwable cause = event.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null;
            throw new AssertionError(event.getLoggerName() + ": " + event.getFormattedMessage(), cause);
        }
    }

    @Override
    public void close() {
        LOGGERS.forEach(name -> {
            Logger logger = logger(name);
            logger.detachAppender(this);
            logger.setLevel(null);
            logger.setAdditive(true);
        });
    }
}
