package dev.myproxy.lua.lib;

import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Upstream;

/** What {@code client:connect(…)} gives. */
public final class ConnectAction extends Action {

    private static final LuaClass<ConnectAction> CLASS = new LuaClass<>("myproxy.connect_action",
            ConnectAction.class);

    private final Upstream upstream;
    private final Credentials credentials;
    private final ConnectOptions options;

    ConnectAction(Upstream upstream, Credentials credentials, ConnectOptions options) {
        this.upstream = upstream;
        this.credentials = credentials;
        this.options = options;
    }

    /** Carries copies of the secrets, because the session wipes what it gets. */
    @Override
    public Decision decision() {
        Credentials copy = new Credentials(credentials.user(), Secret.wrap(credentials.password().copy()),
                credentials.passwordSha1().map(secret -> Secret.wrap(secret.copy())), credentials.database(),
                credentials.hasSecret());
        return new Decision.Connect(upstream, copy, options);
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
