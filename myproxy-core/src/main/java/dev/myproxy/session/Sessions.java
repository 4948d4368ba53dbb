package dev.myproxy.session;

import dev.myproxy.cgroup.Cgroups;
import dev.myproxy.listen.AcceptedClient;
import dev.myproxy.script.Handlers;
import dev.myproxy.transport.EventLoopContexts;
import dev.myproxy.transport.Transport;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All sessions of the daemon. Thread-safe; each session itself lives on the event loop of its client. */
public final class Sessions {

    private final Map<Long, Session> live = new ConcurrentHashMap<>();
    private final ConnectionIds ids = new ConnectionIds();
    private final Salts salts = new Salts();
    private final Cgroups cgroups = new Cgroups();
    private final EventLoopContexts contexts;
    private final Transport transport;
    private final SessionSettings settings;

    /**
     * @param contexts  the Vert.x context of each event loop
     * @param transport makes the connections to servers
     */
    public Sessions(EventLoopContexts contexts, Transport transport, SessionSettings settings) {
        this.contexts = contexts;
        this.transport = transport;
        this.settings = settings;
    }

    /** Begins the session of a client. Called on the event loop of its channel. */
    public void accept(AcceptedClient accepted, Handlers handlers) {
        Session session = new Session(this, ids.next(), accepted, handlers);
        live.put(session.id(), session);
        session.begin();
    }

    /** How many sessions there are. */
    public int count() {
        return live.size();
    }

    /** Ends all sessions, each with an ERR packet that says that the server shuts down, and waits for them. */
    public Future<Void> shutDown() {
        List<Future<Void>> ends = live.values().stream().map(Session::shutDown).toList();
        return Future.join(ends).mapEmpty();
    }

    Salts salts() {
        return salts;
    }

    Cgroups cgroups() {
        return cgroups;
    }

    EventLoopContexts contexts() {
        return contexts;
    }

    Transport transport() {
        return transport;
    }

    SessionSettings settings() {
        return settings;
    }

    void ended(Session session) {
        live.remove(session.id());
    }
}
