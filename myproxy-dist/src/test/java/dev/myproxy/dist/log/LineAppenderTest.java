package dev.myproxy.dist.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LineAppenderTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final LineWriter writer = LineWriter.start(Entries.bare(out, err));
    private final ch.qos.logback.classic.Logger logger = logger();

    private ch.qos.logback.classic.Logger logger() {
        LoggerContext context = new LoggerContext();
        LineAppender appender = new LineAppender(writer);
        appender.setContext(context);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger("ROOT");
        root.setLevel(Level.INFO);
        root.addAppender(appender);
        return root;
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    @Test
    void informationGoesToStdoutAndWarningsToStderrBare() {
        logger.debug("unheard");
        logger.info("[{}] fine", "pid=1");
        logger.warn("bad");
        logger.error("worse");

        assertThat(writer.flush(Duration.ofSeconds(10))).isTrue();
        assertThat(text(out)).isEqualTo("[pid=1] fine\n");
        assertThat(text(err)).isEqualTo("bad\nworse\n");
    }

    @Test
    void keyValuePairsAreFields() {
        LineWriter json = LineWriter.start(new StreamSink(out, new JsonForm(), err, new JsonForm()));
        LineAppender appender = new LineAppender(json);
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.addAppender(appender);

        logger.atWarn().addKeyValue("session", 7L).log("[{}] bad", "pid=1");
        logger.info("fine");

        assertThat(json.flush(Duration.ofSeconds(10))).isTrue();
        assertThat(text(err)).contains("\"level\":\"warn\",\"message\":\"[pid=1] bad\",\"logger\":\"ROOT\","
                + "\"session\":7}\n");
        assertThat(text(out)).contains("\"message\":\"fine\",\"logger\":\"ROOT\"}\n");
    }

    @Test
    void anExceptionIsFollowedByItsTrace() {
        logger.warn("broken", new IllegalStateException("why"));

        assertThat(writer.flush(Duration.ofSeconds(10))).isTrue();
        assertThat(text(err)).startsWith("broken\njava.lang.IllegalStateException: why\n").contains("\tat ");
    }
}
