package dev.myproxy.lua.lib.net;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import java.lang.ref.Cleaner;

/** Sends control datagrams. Its socket is closed when nobody has it any more. */
final class ControlClient extends LuaObject {

    static final LuaClass<ControlClient> CLASS = new LuaClass<>("control_client.client", ControlClient.class)
            .method("build", ControlClient::build)
            .method("send", ControlClient::send);

    private static final Cleaner CLEANER = Cleaner.create();

    private final ControlPeer peer;

    ControlClient(ControlPeer peer) {
        this.peer = peer;
        CLEANER.register(this, peer::close);
    }

    private LuaReply build(LuaArgs args) {
        args.expectCount(0, 0, "Too many parameters");
        return LuaReply.of(new ControlBuilder());
    }

    private LuaReply send(LuaArgs args) {
        args.expectCount(1, Integer.MAX_VALUE, "Not enough parameters");
        args.expectCount(1, 1, "Too many parameters");
        ControlBuilder builder = args.object(1, ControlBuilder.CLASS);
        return Replies.later(peer.send(builder.datagram()), this::sent, () -> {});
    }

    /** Of the object, so that it is not collected, and its socket closed, while somebody waits. */
    private LuaValue sent(Void nothing) {
        return LuaValue.of(true);
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
