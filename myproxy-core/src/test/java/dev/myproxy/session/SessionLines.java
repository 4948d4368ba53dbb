package dev.myproxy.session;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** What sessions of this JVM log while this is open, session by session; nothing of it reaches the console. */
final class SessionLines implements AutoCloseable {

    private static final Pattern LINE = Pattern.compile("\\[([^]]*)] (.*)");
    private static final Pattern END = Pattern.compile("end id=(\\d+) .* cause=(\\S+) phase=(\\S+) .*");

    private final Logger logger = (Logger) LoggerFactory.getLogger(Session.class);
    private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> recorder = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            events.add(event);
        }
    };

    /**
     * What the log says about a session that is over.
     *
     * @param cause    in its last line
     * @param phase    in its last line
     * @param failures warnings and errors
     */
    record Ended(long id, String cause, String phase, List<String> failures) {}

    SessionLines() {
        recorder.start();
        logger.addAppender(recorder);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    /** All sessions that are over. The same peer's address may come again: each end line ends a session. */
    List<Ended> ended() {
        List<Ended> all = new ArrayList<>();
        Map<String, List<String>> failures = new HashMap<>();
        for (ILoggingEvent event : events) {
            Matcher line = LINE.matcher(event.getFormattedMessage());
            if (!line.matches()) {
                continue;
            }
            List<String> ofSession = failures.computeIfAbsent(line.group(1), _ -> new ArrayList<>());
            Matcher end = END.matcher(line.group(2));
            if (end.matches()) {
                all.add(new Ended(Long.parseLong(end.group(1)), end.group(2), end.group(3), List.copyOf(ofSession)));
                failures.remove(line.group(1));
            } else if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                ofSession.add(line.group(2));
            }
        }
        return all;
    }

    @Override
    public void close() {
        logger.detachAppender(recorder);
        logger.setAdditive(true);
        logger.setLevel(null);
        recorder.stop();
    }
}
