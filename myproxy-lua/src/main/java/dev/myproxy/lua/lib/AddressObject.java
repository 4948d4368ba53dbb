package dev.myproxy.lua.lib;

import dev.myproxy.address.Address;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Upstream;

/** A socket address in a script: printable, comparable, good as a target and a place to listen. */
public final class AddressObject extends LuaObject implements ConnectTarget {

    static final LuaClass<AddressObject> CLASS = new LuaClass<>("SocketAddress", AddressObject.class)
            .text(self -> ByteString.of(self.address.toString()))
            .equality((one, other) -> one.address.equals(other.address));

    private final Address address;

    public AddressObject(Address address) {
        this.address = address;
    }

    public Address address() {
        return address;
    }

    @Override
    public Upstream upstream() {
        return Upstream.of(address);
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
