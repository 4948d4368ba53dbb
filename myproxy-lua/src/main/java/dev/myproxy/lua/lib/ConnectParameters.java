package dev.myproxy.lua.lib;

import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import java.util.Optional;

/**
 * The second argument of {@code client:connect}: what to log in with. Missing keys mean empty strings; no key of a
 * password at all means the client's, where the script does not know that.
 */
final class ConnectParameters {

    private static final OptionSet KEYS = new OptionSet("Login", "user", "password", "password_sha1", "database");

    private static final int SHA1_BYTES = 20;

    private ByteString user = ByteString.EMPTY;
    private Secret password = Secret.empty();
    private Optional<Secret> passwordSha1 = Optional.empty();
    private ByteString database = ByteString.EMPTY;
    private boolean hasSecret;

    private ConnectParameters() {}

    /** Reads an argument, which must be a table. */
    static Credentials read(LuaArgs args, int number) {
        ConnectParameters parameters = new ConnectParameters();
        for (LuaTable.Entry entry : args.table(number).entries()) {
            if (!(entry.key() instanceof LuaValue.Str(ByteString key))) {
                throw args.bad(number, "Bad key type");
            }
            ByteString value = LuaNumbers.asString(entry.value())
                    .orElseThrow(() -> args.bad(number, "Bad value type"));
            if (!parameters.take(key.utf8(), value)) {
                throw args.bad(number, "Unknown attribute" + KEYS.hint(key.utf8()));
            }
        }
        return new Credentials(parameters.user, parameters.password, parameters.passwordSha1, parameters.database,
                parameters.hasSecret);
    }

    private boolean take(String key, ByteString value) {
        hasSecret |= key.startsWith("password");
        switch (key) {
            case "user" -> user = value.untilNul();
            case "password" -> password = Secret.wrap(value.toByteArray());
            case "password_sha1" -> passwordSha1 = Optional.of(sha1(value));
            case "database" -> database = value.untilNul();
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Secret sha1(ByteString value) {
        if (value.length() != SHA1_BYTES) {
            throw LuaError.positioned("Bad SHA1 length");
        }
        return Secret.wrap(value.toByteArray());
    }
}
