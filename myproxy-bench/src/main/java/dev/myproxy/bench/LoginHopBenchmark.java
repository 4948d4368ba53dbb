package dev.myproxy.bench;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptBus;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.Upstream;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The way of a login's question over the event bus to the script's thread and of the answer back, and the notice that the
 * client has left; the script itself costs nothing here.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LoginHopBenchmark {

    private static final int LOGINS = 256;

    /** How many logins wait for a decision at any time. */
    @Param({"1", "64"})
    private int atOnce;

    private final Asker asker = new Asker();

    /** Answers at once and always the same. */
    private static final class Answerer extends VerticleBase {

        private final Decision decision = new Decision.Connect(Upstream.of(new Address.UnixPath("/run/mysqld.sock")),
                new Credentials(ByteString.of("user"), Secret.empty(), Optional.empty(), ByteString.EMPTY),
                ConnectOptions.DEFAULT);

        @Override
        public Future<?> start() {
            return vertx.eventBus().<ScriptEvent>localConsumer(ScriptBus.EVENTS, question -> {
                if (!(question.body() instanceof ScriptEvent.Gone)) {
                    question.reply(decision);
                }
            }).completion();
        }
    }

    @Setup
    public void start() {
        asker.deploy(new Answerer());
    }

    @TearDown
    public void stop() {
        asker.close();
    }

    @Benchmark
    @OperationsPerInvocation(LOGINS)
    public void hop() {
        asker.ask(Handlers.of(1), LOGINS, atOnce);
    }
}
