package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.myproxy.lua.lib.log.LogLibrary;
import dev.myproxy.protocol.ByteString;
import java.nio.file.Path;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Lines of a script in the log, with the connection that they are about. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class ScriptLogTest {

    @TempDir
    Path directory;

    /** In each line, because other tests may log at the same time. */
    private final String mark = UUID.randomUUID().toString();

    private final LuaScriptEngine engine;
    private final Logger logger = (Logger) LoggerFactory.getLogger(LogLibrary.class);
    private final Recorder recorder = new Recorder();

    ScriptLogTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void record() {
        recorder.start();
        logger.addAppender(recorder);
    }

    @AfterEach
    void stopRecording() {
        logger.detachAppender(recorder);
        recorder.stop();
    }

    private List<String> lines() {
        return recorder.lines.stream().filter(line -> line.contains(mark)).map(line -> line.replace(mark, "#"))
                .toList();
    }

    @Test
    void theConnectionsNameGoesFirstWhereverAHandlerHasCalled() throws Exception {
        String source = """
                        log.warn('MARK loading')
                        local c = cache:new()
                        mysql_listen('@x', {
                            on_connect = function(client)
                                log.warn('MARK now', {b = 'x y', a = 1})
                                sleep(0.001)
                                coroutine.wrap(function()
                                    sleep(0.001)
                                    log.error('MARK nested')
                                end)()
                                client.account = 'joe'
                                c:fetch('key', function()
                                    sleep(0.001)
                                    log.warn('MARK fetching')
                                end)
                            end,
                            on_handshake_response = print,
                        })
                        """.replace("MARK", mark);
        try (RunningScript script = RunningScript.load(engine, RunningScript.write(directory, source))) {
            script.connect(script.unixClient(0));
        }

        assertThat(lines()).containsExactly("# loading", "[pid=4711 uid=1000] # now a=1 b=\"x y\"",
                "[pid=4711 uid=1000] # nested", "[pid=4711 uid=1000 \"joe\"] # fetching");
        List<Map<String, Object>> fields = recorder.fields.stream().filter(f -> f.containsValue(mark)).toList();
        assertThat(fields).hasSize(4).allSatisfy(f -> assertThat(f).containsEntry("event", "script"));
        assertThat(fields.getFirst()).containsOnlyKeys("event", "test");
        assertThat(fields.get(1)).containsEntry("client", "pid=4711 uid=1000")
                .containsEntry("script_b", ByteString.of("x y")).containsEntry("script_a", new BigDecimal(1))
                .containsKeys("session", "listener").doesNotContainKey("account");
        assertThat(fields.get(2)).containsEntry("session", fields.get(1).get("session"));
        assertThat(fields.get(3)).containsEntry("session", fields.get(1).get("session"))
                .containsEntry("account", ByteString.of("joe"));
    }

    /** Keeps what is logged. */
    private static final class Recorder extends AppenderBase<ILoggingEvent> {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private final Queue<Map<String, Object>> fields = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            String line = event.getFormattedMessage();
            lines.add(line);
            Map<String, Object> found = new LinkedHashMap<>();
            found.put("test", line.replaceFirst(".*?([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}).*", "$1"));
            event.getKeyValuePairs().forEach(pair -> found.put(pair.key, pair.value));
            fields.add(found);
        }
    }
}
