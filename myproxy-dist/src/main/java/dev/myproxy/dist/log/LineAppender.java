package dev.myproxy.dist.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;

/** Passes events on with what they have of fields and traces. Never waits. */
final class LineAppender extends AppenderBase<ILoggingEvent> {

    private final LineWriter writer;

    LineAppender(LineWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void append(ILoggingEvent event) {
        writer.offer(Entry.of(event));
    }
}
