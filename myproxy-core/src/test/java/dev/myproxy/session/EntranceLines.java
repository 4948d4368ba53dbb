package dev.myproxy.session;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is logged in this JVM, while this is open, about clients that are not let in; nothing of it reaches the console. */
final class EntranceLines implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger(Entrance.class);
    private final ListAppender<ILoggingEvent> recorder = new ListAppender<>();

    EntranceLines() {
        recorder.start();
        logger.addAppender(recorder);
        logger.setAdditive(false);
    }

    List<String> all() {
        return recorder.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(recorder);
        logger.setAdditive(true);
    }
}
