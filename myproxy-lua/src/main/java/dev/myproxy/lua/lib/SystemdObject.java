package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Where;
import java.util.Optional;

/** Sockets that the daemon was started with, as a place to listen: {@code systemd}, or {@code systemd('name')}. */
public final class SystemdObject extends LuaObject {

    static final LuaClass<SystemdObject> CLASS = new LuaClass<>("systemd", SystemdObject.class)
            .text(self -> ByteString.of(self.where.toString()))
            .equality((one, other) -> one.where.equals(other.where)).call((_, args) -> named(args));

    /** Longest name that systemd.socket(5) allows in FileDescriptorName=. */
    private static final int LONGEST_NAME = 255;

    static final SystemdObject ALL = new SystemdObject(Where.Systemd.ALL);

    private final Where.Systemd where;

    private SystemdObject(Where.Systemd where) {
        this.where = where;
    }

    Where where() {
        return where;
    }

    private static LuaReply named(LuaArgs args) {
        args.expectCount(1, 1, "Invalid parameter count");
        String name = args.string(1).utf8();
        if (!name.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != ':') || name.isEmpty()
                || name.length() > LONGEST_NAME) {
            throw args.bad(1, "the name of a socket expected, as FileDescriptorName= in its unit says it");
        }
        return LuaReply.of(new SystemdObject(new Where.Systemd(Optional.of(name))));
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
