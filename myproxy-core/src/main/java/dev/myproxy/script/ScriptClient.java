package dev.myproxy.script;

import dev.myproxy.address.Address;
import dev.myproxy.address.PeerCredentials;
import dev.myproxy.cgroup.CgroupSource;
import dev.myproxy.protocol.ByteString;
import java.util.Optional;

/**
 * The part of a client that scripts see: fixed facts, and what the script itself sets.
 *
 * <p>One instance per session. The session's event loop and the script's thread share it; what changes is volatile.
 */
public final class ScriptClient {

    private final long id;
    private final Handlers handlers;
    private final Address address;
    private final Address listener;
    private final Optional<PeerCredentials> credentials;
    private final CgroupSource cgroup;
    private volatile Optional<ByteString> account = Optional.empty();
    private volatile Optional<ByteString> database = Optional.empty();
    private volatile ByteString serverVersion;
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

    public Address address() {
        return address;
    }

    public Address listener() {
        return listener;
    }

    public Optional<PeerCredentials> credentials() {
        return credentials;
    }

    public CgroupSource cgroup() {
        return cgroup;
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
        String peer = credentials.filter(c -> c.pid() > 0).map(c -> "pid=" + c.pid() + " uid=" + c.uid())
                .orElseGet(address::toString);
        return account.map(a -> peer + " " + a).orElse(peer);
    }

    @Override
    public String toString() {
        return name();
    }
}
