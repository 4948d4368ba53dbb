package dev.myproxy.lua.testing;

import dev.myproxy.address.Address;
import dev.myproxy.address.AddressException;
import dev.myproxy.address.AddressParser;
import dev.myproxy.address.PeerCredentials;
import dev.myproxy.address.Purpose;
import dev.myproxy.cgroup.Cgroup;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.GreetedVersion;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.tls.PeerTls;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a test says about a client.
 *
 * @param listener where it connected, as {@code policy.listeners} shows it
 * @param address  where it comes from, if it comes over a network
 * @param proxy    the balancer that it comes through
 * @param local    which address it has connected to, if not the listener's
 * @param process  the process, if it is one of this machine
 * @param cgroup   of that process
 * @param account  that the client has from the start
 * @param tls      what its TLS handshake has brought
 */
record Facts(Optional<String> listener, Optional<Address> address, Optional<Address> proxy,
        Optional<Address> local, Optional<PeerCredentials> process,
        Optional<Cgroup> cgroup, Optional<ByteString> account, Optional<PeerTls> tls) {

    private static final PeerCredentials SOME_PROCESS = new PeerCredentials(4711, 1000, 1000);
    private static final int SOME_PORT = 50000;
    private static final int MYSQL_PORT = 3306;
    private static final AtomicLong CLIENTS = new AtomicLong();

    /**
     * Reads a table.
     *
     * @throws LuaError says what is wrong with it
     */
    static Facts read(LuaTable table) {
        Optional<ByteString> address = text(table, "address");
        Optional<Integer> pid = number(table, "pid");
        Optional<Integer> uid = number(table, "uid");
        Optional<Integer> gid = number(table, "gid");
        Optional<String> cgroup = text(table, "cgroup").map(ByteString::utf8);
        boolean process = cgroup.isPresent() || pid.isPresent() || uid.isPresent() || gid.isPresent();
        Optional<ByteString> proxy = text(table, "proxy_address");
        if (process && (address.isPresent() || proxy.isPresent())) {
            throw LuaError.plain("a client has either an address, or pid, uid, gid and cgroup");
        }
        return new Facts(text(table, "listener").map(ByteString::utf8), address.map(from -> parse(from, SOME_PORT)),
                proxy.map(from -> parse(from, SOME_PORT)),
                text(table, "local_address").map(to -> parse(to, MYSQL_PORT)),
                process
                        ? Optional.of(new PeerCredentials(pid.orElse(SOME_PROCESS.pid()),
                                uid.orElse(SOME_PROCESS.uid()), gid.or(() -> uid).orElse(SOME_PROCESS.gid())))
                        : Optional.empty(),
                cgroup.map(path -> TestedCgroup.read(path, table.get(LuaValue.of("xattr")) instanceof LuaTable xattr
                        ? Optional.of(xattr)
                        : Optional.empty())),
                text(table, "account"), table.get(LuaValue.of("tls")) instanceof LuaValue.Nil
                        ? Optional.empty()
                        : Optional.of(TestedTls.read(table.get(LuaValue.of("tls")))));
    }

    static Optional<ByteString> text(LuaTable table, String key) {
        LuaValue value = table.get(LuaValue.of(key));
        return value instanceof LuaValue.Nil
                ? Optional.empty()
                : Optional.of(LuaNumbers.asString(value)
                        .orElseThrow(() -> LuaError.plain(key + ": a string is expected, got " + value.typeName())));
    }

    private static Optional<Integer> number(LuaTable table, String key) {
        return switch (table.get(LuaValue.of(key))) {
            case LuaValue.Nil _ -> Optional.empty();
            case LuaValue.Num(double number) when number >= 0 && number < 0x1p32 && number == Math.rint(number) ->
                Optional.of((int) (long) number);
            default -> throw LuaError.plain(key + ": a whole number is expected");
        };
    }

    private static Address parse(ByteString address, int port) {
        try {
            return AddressParser.parseNumeric(address, port, Purpose.CONNECT);
        } catch (AddressException e) {
            throw LuaError.of(e);
        }
    }

    /**
     * A client of whom these facts are true.
     *
     * @throws LuaError if no listener has such clients
     */
    ScriptClient client(List<RecordingHost.Listener> listeners) {
        RecordingHost.Listener where = listeners.stream().filter(this::mayTake).findFirst()
                .orElseThrow(() -> LuaError.plain("no listener has such clients; listeners: " + String.join(", ",
                        listeners.stream().map(listener -> listener.where().toString()).toList())));
        boolean tcp = where.mayBeTcp()
                && connection().map(Address.Inet.class::isInstance).orElse(!where.mayBeUnix());
        Address origin = address
                .orElseGet(() -> tcp ? parse(ByteString.of("192.0.2.1"), SOME_PORT) : new Address.UnixPath(""));
        ScriptClient client = new ScriptClient(CLIENTS.incrementAndGet(), where.handlers(), proxy.orElse(origin),
                where.address(), tcp ? Optional.empty() : process.or(() -> Optional.of(SOME_PROCESS)),
                () -> Future.succeededFuture(cgroup),
                where.handlers().options().serverVersion() instanceof GreetedVersion.Fixed(var version)
                        ? version
                        : GreetedVersion.USUAL);
        proxy.ifPresent(_ -> client.comesThroughProxy(origin));
        local.ifPresent(client::setLocalAddress);
        client.setAccount(account);
        tls.ifPresent(client::setTls);
        return client;
    }

    private boolean mayTake(RecordingHost.Listener candidate) {
        return listener.map(name -> name.equals(candidate.where().toString())).orElse(true)
                && connection().map(from -> from instanceof Address.Inet ? candidate.mayBeTcp() : candidate.mayBeUnix())
                        .orElse(true)
                && (process.isEmpty() || candidate.mayBeUnix())
                && (proxy.isEmpty() || candidate.handlers().options().proxyProtocol().isPresent());
    }

    /** Where the connection comes from, if that is known. */
    private Optional<Address> connection() {
        return proxy.or(() -> address);
    }
}
