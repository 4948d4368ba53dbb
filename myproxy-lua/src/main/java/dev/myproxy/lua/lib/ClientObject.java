package dev.myproxy.lua.lib;

import dev.myproxy.address.PeerCredentials;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaOwner;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.cgroup.ClientCgroup;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.text.Nearest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * A client in a script. The same object in all handlers of a session; useless once the connection is gone
 * and {@code on_disconnect} has ended.
 */
public final class ClientObject extends LuaObject implements LuaOwner {

    static final LuaClass<ClientObject> CLASS = new LuaClass<>("myproxy.client", ClientObject.class)
            .guard(ClientObject::checkLive)
            .attribute("pid", self -> self.credential(PeerCredentials::pid))
            .attribute("uid", self -> self.credential(PeerCredentials::uid))
            .attribute("gid", self -> self.credential(PeerCredentials::gid))
            .attribute("account", ClientObject::account, ClientObject::setAccount)
            .attribute("database", self -> self.client.database().map(LuaValue::of).orElseGet(LuaValue::nil))
            .attribute("server_version", self -> LuaValue.of(self.client.serverVersion()),
                    (self, value) -> self.client.setServerVersion(text(value)))
            .attribute("notes", ClientObject::notes)
            .attribute("address", self -> self.address)
            .attribute("local_address", self -> self.localAddress)
            .attribute("proxy_address", ClientObject::proxyAddress)
            .attribute("tls", self -> ClientTlsTable.of(self.client.tls()))
            .waiting("cgroup", self -> self.cgroup.read())
            .method("connect", ClientMethods::connect)
            .method("err", ClientMethods::err)
            .method("init_db", ClientMethods::initDb)
            .method("query", ClientMethods::query)
            .otherwise((_, key) -> {
                throw unknown(key, names());
            })
            .otherwiseSet((_, key, _) -> {
                throw unknown(key, writableNames());
            });

    private final ScriptClient client;
    private final LuaState state;
    private final AddressObject address;
    private final AddressObject localAddress;
    private final ClientCgroup cgroup;
    private Optional<LuaTable> notes = Optional.empty();

    public ClientObject(ScriptClient client, LuaState state) {
        this.client = client;
        this.state = state;
        this.address = new AddressObject(client.address());
        this.localAddress = new AddressObject(client.localAddress());
        this.cgroup = new ClientCgroup(client);
    }

    /** The name of the connection. */
    @Override
    public Optional<String> name() {
        return Optional.of(client.name());
    }

    @Override
    public Map<String, Object> facts() {
        return client.facts();
    }

    /**
     * Makes the client stale, and lets go of what Lua keeps for it. To be called once, when the connection is gone and no
     * handler follows.
     */
    public void release() {
        client.markStale();
        notes.ifPresent(LuaTable::release);
    }

    private void checkLive() {
        if (client.isStale()) {
            throw LuaError.positioned("Stale object");
        }
    }

    private LuaValue account() {
        return client.account().map(LuaValue::of).orElseGet(LuaValue::nil);
    }

    private void setAccount(LuaValue value) {
        client.setAccount(value instanceof LuaValue.Nil ? Optional.empty() : Optional.of(text(value)));
    }

    /** A string that the C++ side took as a C string: up to a NUL, and not empty. */
    private static ByteString text(LuaValue value) {
        ByteString text = LuaNumbers.asString(value).orElseThrow(() -> badType(3, value)).untilNul();
        if (text.isEmpty()) {
            throw LuaError.positioned("bad argument #3 to '__newindex' (Empty string not allowed)");
        }
        return text;
    }

    private static LuaError badType(int number, LuaValue value) {
        return LuaError.positioned("bad argument #" + number + " to '" + (number == 2 ? "__index" : "__newindex")
                + "' (string expected, got " + value.typeName() + ")");
    }

    private static Set<String> names() {
        return CLASS.names();
    }

    private static Set<String> writableNames() {
        return CLASS.writableNames();
    }

    private static LuaError unknown(LuaValue key, Set<String> known) {
        return LuaNumbers.asString(key)
                .map(name -> LuaError.positioned("Unknown attribute" + Nearest.hint(name.utf8(), known)))
                .orElseGet(() -> badType(2, key));
    }

    private LuaValue credential(ToIntFunction<PeerCredentials> part) {
        return client.credentials().filter(credentials -> credentials.pid() > 0)
                .map(credentials -> LuaValue.of(unsigned(part.applyAsInt(credentials)))).orElseGet(LuaValue::nil);
    }

    /** User and group numbers go up to 2^32-1. */
    private static double unsigned(int number) {
        return Integer.toUnsignedLong(number);
    }

    private LuaValue proxyAddress() {
        return client.proxy().<LuaValue>map(AddressObject::new).orElseGet(LuaValue::nil);
    }

    private LuaTable notes() {
        if (notes.isEmpty()) {
            notes = Optional.of(state.newTable());
        }
        return notes.get();
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
