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
import dev.myproxy.script.ScriptClient;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a test says about a client.
 *
 * @param listener where it connected, as {@code policy.listeners} shows it
 * @param address  where it comes from, if it comes over a network
 * @param process  the process, if it is one of this machine
 * @param cgroup   of that process
 * @param account  that the client has from the start
 */
record Facts(Optional<String> listener, Optional<Address> address, Optional<PeerCredentials> process,
        Optional<Cgroup> cgroup, Optional<ByteString> account) {

    /** What the daemon's greeting says unless the policy changes it. */
    private static final ByteString SERVER_VERSION = ByteString.of("5.7.30");

    private static final PeerCredentials SOME_PROCESS = new PeerCredentials(4711, 1000, 1000);
    private static final int SOME_PORT = 50000;
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
        if (address.isPresent() && process) {
            throw LuaError.plain("a client has either an address, or pid, uid, gid and cgroup");
        }
        return new Facts(text(table, "listener").map(ByteString::utf8), address.map(Facts::parse),
                process
                        ? Optional.of(new PeerCredentials(pid.orElse(SOME_PROCESS.pid()),
                                uid.orElse(SOME_PROCESS.uid()), gid.or(() -> uid).orElse(SOME_PROCESS.gid())))
                        : Optional.empty(),
                cgroup.map(path -> TestedCgroup.read(path, table.get(LuaValue.of("xattr")) instanceof LuaTable xattr
                        ? Optional.of(xattr)
                        : Optional.empty())),
                text(table, "account"));
    }

    private static Optional<ByteString> text(LuaTable table, String key) {
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

    private static Address parse(ByteString address) {
        try {
            return AddressParser.parseNumeric(address, SOME_PORT, Purpose.CONNECT);
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
        boolean tcp = where.mayBeTcp() && (address.isPresent() || !where.mayBeUnix());
        ScriptClient client = new ScriptClient(CLIENTS.incrementAndGet(), where.handlers(),
                tcp ? address.orElseGet(() -> parse(ByteString.of("192.0.2.1"))) : new Address.UnixPath(""),
                where.address(), tcp ? Optional.empty() : process.or(() -> Optional.of(SOME_PROCESS)),
                () -> Future.succeededFuture(cgroup), SERVER_VERSION);
        client.setAccount(account);
        return client;
    }

    private boolean mayTake(RecordingHost.Listener candidate) {
        return listener.map(name -> name.equals(candidate.where().toString())).orElse(true)
                && (address.isEmpty() || candidate.mayBeTcp()) && (process.isEmpty() || candidate.mayBeUnix());
    }
}
