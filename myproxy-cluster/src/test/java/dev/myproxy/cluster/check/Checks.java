package dev.myproxy.cluster.check;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Secret;
import dev.myproxy.cluster.CheckResult;
import dev.myproxy.cluster.CheckSettings;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ServerLink;
import dev.myproxy.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** Runs checks against servers of tests. */
final class Checks implements AutoCloseable {

    /** The password of the account of {@link #LOGIN}. */
    static final String PASSWORD = "geheim";

    /** Checks that log in and ask nothing. */
    static final CheckSettings LOGIN = new CheckSettings(
            Optional.of(new CheckSettings.Login(ByteString.of("monitor"),
                    Secret.wrap(PASSWORD.getBytes(StandardCharsets.UTF_8)))),
            false, Optional.empty(), Optional.empty(), false, false, Duration.ofSeconds(30));

    private final Vertx vertx = Vertx.builder().withTransport(Transport.preferred()).build();
    private final Transport transport = Transport.quiet(vertx);

    static CheckSettings readOnly() {
        return new CheckSettings(LOGIN.login(), true, Optional.empty(), Optional.empty(), false, false,
                LOGIN.timeout());
    }

    static CheckSettings query(String sql) {
        return new CheckSettings(LOGIN.login(), false, Optional.of(ByteString.of(sql)), Optional.empty(), false, false,
                LOGIN.timeout());
    }

    static CheckSettings maxLag(boolean readOnly, int seconds) {
        return new CheckSettings(LOGIN.login(), readOnly, Optional.empty(), Optional.of(Duration.ofSeconds(seconds)),
                false, false, LOGIN.timeout());
    }

    static CheckSettings galera() {
        return new CheckSettings(LOGIN.login(), false, Optional.empty(), Optional.empty(), true, false,
                LOGIN.timeout());
    }

    static CheckSettings groupReplication() {
        return new CheckSettings(LOGIN.login(), false, Optional.empty(), Optional.empty(), false, true,
                LOGIN.timeout());
    }

    /** The same with another time limit. */
    static CheckSettings within(Duration timeout, CheckSettings settings) {
        return new CheckSettings(settings.login(), settings.readOnly(), settings.query(), settings.maxLag(),
                settings.galera(), settings.groupReplication(), timeout);
    }

    /** Checks a server once. */
    CheckResult check(Address server, CheckSettings settings) {
        return check(server, settings, ServerLink.PLAIN);
    }

    /** Checks a server once, over a connection that begins in another way. */
    CheckResult check(Address server, CheckSettings settings, ServerLink link) {
        try {
            return new HealthCheck(vertx, transport, settings, link).check(server).await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the check does not end", e);
        }
    }

    /** A check that has begun. */
    record Running(HealthCheck probe, Future<CheckResult> check) {

        CheckResult result() throws TimeoutException {
            return check.await(60, TimeUnit.SECONDS);
        }
    }

    /** Begins to check a server. */
    Running begin(Address server, CheckSettings settings) {
        HealthCheck probe = new HealthCheck(vertx, transport, settings);
        return new Running(probe, probe.check(server));
    }

    /** Checks a server that does as a script says, and closes it. */
    CheckResult check(FakeServer.Script script, CheckSettings settings) throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), script)) {
            CheckResult result = check(server.address(), settings);
            Awaitility.await("the end of the connection").atMost(LOGIN.timeout())
                    .until(() -> server.active() == 0);
            return result;
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
