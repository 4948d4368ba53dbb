package dev.myproxy.cluster.check;

import dev.myproxy.address.Address;
import dev.myproxy.auth.BackendAuths;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.backend.BackendLogin;
import dev.myproxy.backend.Exposure;
import dev.myproxy.backend.LoginFailure;
import dev.myproxy.backend.LoginTask;
import dev.myproxy.cluster.CheckResult;
import dev.myproxy.cluster.CheckSettings;
import dev.myproxy.cluster.NodeState;
import dev.myproxy.cluster.NotCheckedException;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.Greeting;
import dev.myproxy.script.ServerLink;
import dev.myproxy.transport.ErrorText;
import dev.myproxy.transport.Transport;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One check, from the connection to its result. Lives on the event loop of its context. */
final class CheckRun implements LoginTask {

    /** How long the answer to a login without an account is waited for. */
    private static final Duration COURTESY = Duration.ofSeconds(1);

    private final ContextInternal context;
    private final Transport transport;
    private final Address server;
    private final CheckSettings settings;
    private final ServerLink link;
    private final Optional<Duration> lagAtMost;
    private final Promise<CheckResult> promise;
    private final Credentials credentials;
    private final long began = System.nanoTime();
    private String step = "connecting";
    private ByteString version = ByteString.EMPTY;
    private Optional<CheckResult.Greeting> greeted = Optional.empty();
    private @Nullable Future<Channel> connection;
    private @Nullable ScheduledFuture<?> deadline;
    private @Nullable Interview interview;
    private boolean over;

    /**
     * @param lagAtMost how far the server is behind at most, by what earlier checks have found
     */
    CheckRun(ContextInternal context, Transport transport, Address server, CheckSettings settings, ServerLink link,
            Optional<Duration> lagAtMost) {
        this.context = context;
        this.transport = transport;
        this.server = server;
        this.settings = settings;
        this.link = link;
        this.lagAtMost = lagAtMost;
        this.promise = context.promise();
        this.credentials = settings.login()
                .map(login -> credentials(login.user(), Secret.wrap(login.password().copy())))
                .orElseGet(() -> credentials(ByteString.EMPTY, Secret.empty()));
    }

    private static Credentials credentials(ByteString user, Secret password) {
        return new Credentials(user, password, Optional.empty(), ByteString.EMPTY);
    }

    io.vertx.core.Future<CheckResult> result() {
        return promise.future();
    }

    void start() {
        if (over) {
            return;
        }
        Duration timeout = settings.timeout();
        // The limits of the parts never come first: this one knows what to say.
        Duration more = timeout.plusSeconds(1);
        limit(timeout, () -> finish(Finding.dead("Timeout after " + Texts.seconds(timeout) + " while " + step)));
        BackendLogin login = new BackendLogin(this, CheckClient.RESPONSE,
                new BackendAuths(credentials, Exposure.of(server, link.tls()), false), more,
                computing -> context.executeBlocking(computing, false)).introducedBy(link.forOurselves())
                .encryptedWith(link.tls());
        Future<Channel> connecting = transport.connect(context.nettyEventLoop(), server, login, more);
        connection = connecting;
        connecting.addListener(_ -> {
            if (!connecting.isSuccess()) {
                notConnected(connecting.cause());
            }
        });
    }

    /** Ends the check soon; from any thread. */
    void stop() {
        context.nettyEventLoop().execute(() -> finish(Finding.dead("No longer checked")));
    }

    private void limit(Duration time, Runnable then) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        deadline = context.nettyEventLoop().schedule(then, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public void connected() {
        step = "waiting for the greeting";
    }

    @Override
    public void greeted(Greeting greeting) {
        version = greeting.version();
        greeted = Optional.of(new CheckResult.Greeting(greeting.version(), greeting.capabilities()));
        step = "logging in";
        if (settings.login().isEmpty()) {
            Duration left = settings.timeout().minus(elapsed());
            limit(left.compareTo(COURTESY) < 0 ? left : COURTESY, () -> finish(Finding.OK));
        }
    }

    @Override
    public void accepted(Accepted login) {
        login.ok().release();
        login.rest().release();
        Interview asking = new Interview(Questions.of(settings, version, lagAtMost), text -> step = text,
                this::finish);
        interview = asking;
        Channel channel = login.channel();
        channel.pipeline().replace(BackendLogin.class, null, asking);
        if (settings.login().isEmpty()) {
            finish(Finding.OK);
        } else {
            asking.begin();
        }
    }

    @Override
    public void refused(boolean greeted, String message, ErrPacket error) {
        finish(Refusals.judge(greeted, settings.login().isPresent(), error));
    }

    @Override
    public void failed(LoginFailure failure) {
        if (failure.greeted() && settings.login().isEmpty()) {
            finish(Finding.OK);
        } else if (failure.kind() == LoginFailure.Kind.NO_MEMORY) {
            notChecked(failure.message());
        } else if (failure.kind() == LoginFailure.Kind.CLOSED) {
            finish(Finding.dead(failure.message() + " while " + step));
        } else {
            finish(Finding.dead(failure.message()));
        }
    }

    private void notConnected(Throwable cause) {
        String reason = transport.describe(cause, server);
        if (ErrorText.isWithoutDescriptor(cause)) {
            notChecked(reason);
        } else {
            finish(Finding.dead(reason));
        }
    }

    /** It is our own fault that nothing is known of the server. */
    private void notChecked(String reason) {
        if (end()) {
            promise.fail(new NotCheckedException(reason));
        }
    }

    private void finish(Finding finding) {
        if (end()) {
            promise.complete(new CheckResult(finding.state(), finding.reason(), elapsed(), finding.lag(), greeted));
        }
    }

    /** Returns false if it was over already. */
    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        credentials.clear();
        leave();
        return true;
    }

    private void leave() {
        if (interview != null) {
            interview.leave();
        } else if (connection != null && connection.isSuccess()) {
            var _ = connection.getNow().close();
        } else if (connection != null) {
            connection.cancel(false);
        }
    }
}
