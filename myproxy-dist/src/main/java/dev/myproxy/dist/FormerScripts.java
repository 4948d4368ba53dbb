package dev.myproxy.dist;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scripts of former runs of the configuration, each until the last session has ended that needs it. For every thread. */
final class FormerScripts {

    /** How many there may be unless somebody says otherwise: each holds what its script has open. */
    static final int MOST = 16;

    /** With so many a line of the log is a warning. */
    private static final int MANY = 4;

    private static final Logger LOG = LoggerFactory.getLogger(FormerScripts.class);

    private final Set<Script> scripts = ConcurrentHashMap.newKeySet();

    private final int most;

    /** @param most how many there may be */
    FormerScripts(MeterRegistry meters, int most) {
        this.most = most;
        Gauge.builder("myproxy.config.former", scripts, Set::size).strongReference(true)
                .description("Former configurations that sessions still need").register(meters);
        Gauge.builder("myproxy.config.former.sessions", scripts, _ -> sessions()).strongReference(true)
                .description("Sessions that began with a former configuration").register(meters);
    }

    /** A script that another one has taken the place of. */
    void add(Script script) {
        scripts.add(script);
        script.run().replace(() -> end(script));
        if (scripts.size() >= MANY) {
            LOG.warn("{} former configurations are still there, because {} sessions began with them; {} are possible",
                    scripts.size(), sessions(), most);
        }
    }

    private void end(Script script) {
        script.stop().onComplete(_ -> scripts.remove(script))
                .onFailure(e -> LOG.warn("A former configuration can't be stopped", e));
    }

    private int sessions() {
        return scripts.stream().mapToInt(script -> script.run().sessions()).sum();
    }

    /**
     * Fails if there are too many.
     *
     * @throws FatalException with a text for the administrator
     */
    void requireRoom() throws FatalException {
        if (scripts.size() >= most) {
            throw new FatalException(ExitCode.CONFIG, most + " former configurations are still there, because "
                    + sessions() + " sessions began with them: end the oldest sessions, or restart");
        }
    }

    /** What the log says of them. */
    String remark() {
        int sessions = sessions();
        return sessions == 0 ? "" : "; sessions that began with former ones: " + sessions;
    }

    /** Ends all of them. */
    List<Future<Void>> stop() {
        return scripts.stream().map(Script::stop).toList();
    }
}
