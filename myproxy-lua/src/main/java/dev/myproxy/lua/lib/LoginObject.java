package dev.myproxy.lua.lib;

import dev.myproxy.auth.AuthMode;
import dev.myproxy.auth.StoredPassword;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.ConnectionAttributes;
import dev.myproxy.script.LoginDetails;
import dev.myproxy.script.PasswordProof;
import dev.myproxy.script.ScriptEvent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the table of a client's login has besides its own keys: the metatable has it as {@code __index}. The table itself can be
 * handed to {@code client:connect}, so nothing but user, password and database stands in it.
 */
public final class LoginObject extends LuaObject {

    static final LuaClass<LoginObject> CLASS = new LuaClass<>("myproxy.login", LoginObject.class)
            .attribute("user", _ -> LuaValue.nil(), LoginObject::inTheTable)
            .attribute("password", LoginObject::password, LoginObject::inTheTable)
            .attribute("password_sha1", _ -> LuaValue.nil(), LoginObject::inTheTable)
            .attribute("database", _ -> LuaValue.nil(), LoginObject::inTheTable)
            .attribute("auth_plugin", LoginObject::plugin)
            .attribute("charset", self -> LuaValue.of(self.details.charset()))
            .attribute("capabilities", LoginObject::capabilities)
            .attribute("attributes", LoginObject::attributes)
            .attribute("verify", self -> self.verify);

    private final AuthMode mode;
    private final LoginDetails details;
    private final PasswordProof proof;
    private final LuaBuiltin verify = new LuaBuiltin("verify", this::verify);

    private LoginObject(AuthMode mode, LoginDetails details, PasswordProof proof) {
        this.mode = mode;
        this.details = details;
        this.proof = proof;
    }

    /**
     * The table of a login.
     *
     * @param metatable an empty table, which becomes that of the new one
     */
    public static LuaValue table(ScriptEvent.HandshakeResponse login, LuaTable metatable) {
        AuthMode mode = login.client().handlers().options().auth();
        metatable.set(LuaValue.of("__index"), new LoginObject(mode, login.details(), login.proof()));
        Map<LuaValue, LuaValue> table = new LinkedHashMap<>();
        table.put(LuaValue.of("user"), LuaValue.of(login.user()));
        if (mode == AuthMode.PASSWORD) {
            byte[] clear = login.password().copy();
            table.put(LuaValue.of("password"), LuaValue.of(ByteString.copyOf(clear)));
            Arrays.fill(clear, (byte) 0);
        }
        login.database().filter(name -> !name.isEmpty())
                .ifPresent(name -> table.put(LuaValue.of("database"), LuaValue.of(name)));
        return new LuaValue.Fresh(List.of(), table, Optional.of(metatable));
    }

    /** Assignments go to the table, not to what is behind it. */
    private static void inTheTable(LoginObject self, LuaValue value) {
        throw LuaError.positioned("attempt to change what is behind a login");
    }

    private LuaValue password() {
        return switch (mode) {
            case PASSWORD -> LuaValue.nil();
            case HASH -> throw LuaError.positioned("there is no password, because the listener has auth = 'hash':"
                    + " call verify(hash) to learn whether the client knows it");
            case CERTIFICATE -> throw LuaError.positioned("there is no password, because the listener has"
                    + " auth = 'certificate': the client's certificate says who it is");
        };
    }

    private LuaValue plugin() {
        return details.plugin().isEmpty() ? LuaValue.nil() : LuaValue.of(details.plugin());
    }

    private LuaValue capabilities() {
        Map<LuaValue, LuaValue> names = new LinkedHashMap<>();
        for (Capability flag : Capability.values()) {
            if (details.capabilities().has(flag)) {
                names.put(LuaValue.of(flag.name().toLowerCase(Locale.ROOT)), LuaValue.of(true));
            }
        }
        return new LuaValue.Fresh(names);
    }

    private LuaValue attributes() {
        Map<LuaValue, LuaValue> attributes = new LinkedHashMap<>();
        ConnectionAttributes.read(details.attributes())
                .forEach((name, value) -> attributes.put(LuaValue.of(name), LuaValue.of(value)));
        return new LuaValue.Fresh(attributes);
    }

    private LuaReply verify(LuaArgs args) {
        if (args.count() != 2 || !(args.get(1) instanceof LuaTable)) {
            throw LuaError.positioned("verify needs one hash, and a colon: verify(hash) of a login");
        }
        LuaArgs hash = args.withoutSelf();
        StoredPassword stored;
        try {
            stored = StoredPassword.parse(hash.string(1));
        } catch (IllegalArgumentException e) {
            throw hash.bad(1, String.valueOf(e.getMessage()));
        }
        return LuaReply.later(proof.verify(stored).map(same -> LuaValue.list(LuaValue.of(same))));
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
