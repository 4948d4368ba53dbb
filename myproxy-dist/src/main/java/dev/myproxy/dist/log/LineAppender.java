package dev.myproxy.dist.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.myproxy.dist.log.LineWriter.Target;

/** Passes the bare message of an event on, followed by the stack trace if it has one: warnings and worse to stderr. */
final class LineAppender extends AppenderBase<ILoggingEvent> {

    private final LineWriter writer;

    LineAppender(LineWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void append(ILoggingEvent event) {
        Target target = event.getLevel().isGreaterOrEqual(Level.WARN) ? Target.ERR : Target.OUT;
        String text = event.getFormattedMessage();
        if (event.getThrowableProxy() != null) {
            text += "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()).stripTrailing();
        }
        writer.offer(target, text);
    }
}
