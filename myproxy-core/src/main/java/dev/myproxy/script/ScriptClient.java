package dev.myproxy.script;

import dev.myproxy.address.Address;
import dev.myproxy.address.PeerCredentials;
import dev.myproxy.cgroup.CgroupSource;
import dev.myproxy.protocol.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import dev.myproxy.tls.PeerTls;
import java.util.Optional;

/**
 * The part of a client that scripts see: fixed facts, and what the script itself sets.
 *
 * <p>One instance per session. The session's event loop and the script's thread share it; what changes is volatile.
 */
public final class ScriptClient {

    private final long id;
    private final Handlers handlers;
    private final Address listener;
    private volatile Address address;
    private volatile Optional<PeerCredentials> credentials;
    private volatile CgroupSource cgroup;
    private volatile Optional<Address> proxy = Optional.empty();
    private volatile Address localAddress;
    private volatile Optional<ByteString> account = Optional.empty();
    private volatile Optional<ByteString> database = Optional.empty();
    private volatile ByteString serverVersion;
    private volatile Optional<PeerTls> tls = Optional.empty();
    private volatile boolean stale;

    /** A client in no control group. */
    public ScriptClient(long id, Handlers handlers, Address address, Address listener,
            Optional<PeerCredentials> credentials, ByteString serverVersion) {
        this(id, handlers, address, listener, credentials, CgroupSource.NONE, serverVersion);
    }

    /**
     * @param id            unique in this process
     * @param handlers      the handler table of the client's listener
     * @param address       the client's address
     * @param listener      the listener's address
     * @param credentials   of the process behind a Unix socket
     * @param cgroup        finds the control group of that process
     * @param serverVersion what the greeting says unless the script changes it
     */
    public ScriptClient(long id, Handlers handlers, Address address, Address listener,
            Optional<PeerCredentials> credentials, CgroupSource cgroup, ByteString serverVersion) {
        this.id = id;
        this.handlers = handlers;
        this.address = address;
        this.listener = listener;
        this.localAddress = listener;
        this.credentials = credentials;
        this.cgroup = cgroup;
        this.serverVersion = serverVersion;
    }

    public long id() {
        return id;
    }

    public Handlers handlers() {
        return handlers;
    }

    /** The client's address: that of the connection, or what the proxy says that the connection came through. */
    public Address address() {
        return address;
    }

    /**
     * The address of the proxy that the connection came through, such as a balancer, if that has said so. The client's address is
     * the same where the proxy does not know a better one.
     */
    public Optional<Address> proxy() {
        return proxy;
    }

    /**
     * The connection is one of a proxy, which speaks for a client elsewhere: nothing is known of that client's process. To be
     * called before any handler is.
     *
     * @param source      the client's address
     * @param destination where the client has connected to
     */
    public void comesThroughProxy(Address source, Address destination) {
        localAddress = destination;
        comesThroughProxy(source);
    }

    /**
     * As {@link #comesThroughProxy(Address, Address)} where nothing is known but that the proxy has connected to us.
     *
     * @param source the client's address
     */
    public void comesThroughProxy(Address source) {
        proxy = Optional.of(address);
        address = source;
        credentials = Optional.empty();
        cgroup = CgroupSource.NONE;
    }

    public Address listener() {
        return listener;
    }

    /**
     * Which address the client has connected to: one of this machine, the listener's unless that has more than one, or what the
     * proxy says that the connection came through.
     */
    public Address localAddress() {
        return localAddress;
    }

    public void setLocalAddress(Address address) {
        localAddress = address;
    }

    public Optional<PeerCredentials> credentials() {
        return credentials;
    }

    public CgroupSource cgroup() {
        return cgroup;
    }

    /** What the client's TLS handshake has brought; empty without TLS, and before. */
    public Optional<PeerTls> tls() {
        return tls;
    }

    public void setTls(PeerTls tls) {
        this.tls = Optional.of(tls);
    }

    /** The account that the script gave the client; never an empty string. */
    public Optional<ByteString> account() {
        return account;
    }

    public void setAccount(Optional<ByteString> account) {
        this.account = account;
    }

    /** The session's default database, as the server has confirmed it last; never an empty string. */
    public Optional<ByteString> database() {
        return database;
    }

    public void setDatabase(Optional<ByteString> database) {
        this.database = database;
    }

    /** The version in the greeting; once a server has greeted, that server's version. */
    public ByteString serverVersion() {
        return serverVersion;
    }

    public void setServerVersion(ByteString serverVersion) {
        this.serverVersion = serverVersion;
    }

    /** Whether the connection is gone and no handler follows, so that scripts can't use the client any more. */
    public boolean isStale() {
        return stale;
    }

    /** Called by the session when it ends, or by the engine when {@code on_disconnect} has ended, if there is one. */
    public void markStale() {
        stale = true;
    }

    /** The name in log lines: process or address, then the account, quoted. */
    public String name() {
        return account.map(a -> peer() + " " + a).orElseGet(this::peer);
    }

    /** The client's process, {@code pid=N uid=N}, or its address if that is not known. */
    public String peer() {
        return credentials.filter(c -> c.pid() > 0).map(c -> "pid=" + c.pid() + " uid=" + c.uid())
                .orElseGet(address::toString);
    }

    /** What log lines about the client have as fields: session, account if there is one, client, listener, proxy if there is one. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("session", id);
        account.ifPresent(name -> facts.put("account", name));
        facts.put("client", peer());
        facts.put("listener", listener);
        proxy.ifPresent(address -> facts.put("proxy", address));
        return facts;
    }

    @Override
    public String toString() {
        return name();
    }
}
