package dev.myproxy.dist.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Sets logback up without reading XML, which would cost a noticeable part of the start time. Found by logback with
 * {@link java.util.ServiceLoader}.
 *
 * <p>The level is that of the environment variable {@code MYPROXY_LOG_LEVEL}, by default {@code info}; the libraries
 * below us speak only from {@code warn} on.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        LineAppender appender = new LineAppender(LineWriter.standard());
        appender.setContext(context);
        appender.setName("lines");
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger("dev.myproxy").setLevel(Level.toLevel(System.getenv("MYPROXY_LOG_LEVEL"), Level.INFO));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
