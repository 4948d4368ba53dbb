package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.session.kill.KeptLogin;
import dev.myproxy.session.kill.Owner;
import dev.myproxy.session.kill.Residences;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What KILL has to know of a session: whose it is, the id that its server knows it by, and for a short while what it has logged
 * in with. Lives on the session's event loop.
 */
final class Residence {

    /** How long after a login a KILL at another server is possible. */
    static final Duration KEPT = Duration.ofSeconds(10);

    /** The session's entry among all. */
    private record Entry(Owner owner, Address server) {}

    private final EventLoop loop;
    private final ScriptClient client;
    private final Residences all;
    private Optional<ByteString> user = Optional.empty();
    private long connectionId;
    private boolean killed;
    private Optional<Entry> entry = Optional.empty();
    private Optional<KeptLogin> kept = Optional.empty();
    private Optional<Future<?>> wiping = Optional.empty();

    Residence(EventLoop loop, ScriptClient client, Residences all) {
        this.loop = loop;
        this.client = client;
        this.all = all;
    }

    /** The client begins to log in. */
    void loginAs(ByteString name) {
        user = Optional.of(name);
    }

    /** The server has greeted, with the id by which it knows the connection. */
    void greeted(long id) {
        connectionId = id;
    }

    /**
     * The login is over, and its credentials are about to be wiped.
     *
     * @param charset that the client chose
     */
    void settle(Address server, Decision.Connect decision, int charset) {
        leave();
        killed = false;
        Entry settled = new Entry(owner().orElseThrow(), server);
        entry = Optional.of(settled);
        if (all.enter(settled.owner(), server)) {
            kept = Optional.of(KeptLogin.copyOf(decision, charset));
            wiping = Optional.of(loop.schedule(this::wipe, KEPT.toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    /** The server is asked to end the connection. */
    void kill() {
        killed = true;
    }

    /** Whether the server was asked to end the connection: if it does, there is nothing to explain. */
    boolean isKilled() {
        return killed;
    }

    /** The session leaves its server. */
    void leave() {
        entry.ifPresent(settled -> all.leave(settled.owner(), settled.server()));
        entry = Optional.empty();
        wipe();
    }

    private void wipe() {
        wiping.ifPresent(timer -> timer.cancel(false));
        wiping = Optional.empty();
        kept.ifPresent(KeptLogin::clear);
        kept = Optional.empty();
    }

    /** Whose the session is; nobody's before its client has said who it is. */
    Optional<Owner> owner() {
        return user.map(name -> Owner.of(client, name))
                .or(() -> client.account().map(Owner.Account::new));
    }

    /** The id by which the server knows the connection. */
    long connectionId() {
        return connectionId;
    }

    /** A copy of what the session has logged in with, which the caller wipes; empty if it was wiped already. */
    Optional<KeptLogin> login() {
        return kept.map(KeptLogin::copy);
    }
}
