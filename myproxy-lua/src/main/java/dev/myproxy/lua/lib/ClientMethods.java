package dev.myproxy.lua.lib;

import dev.myproxy.address.AddressException;
import dev.myproxy.address.AddressParser;
import dev.myproxy.address.Purpose;
import dev.myproxy.auth.Credentials;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.SqlState;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.ErrorCode;
import dev.myproxy.script.Upstream;
import java.util.Optional;

/** The methods of a client: each builds an {@link Action}, and nothing happens until a handler returns it. */
final class ClientMethods {

    /** MySQL's, for targets that name none. */
    static final int DEFAULT_PORT = 3306;

    private static final String BAD_COUNT = "Invalid parameters";

    private ClientMethods() {}

    static LuaReply err(ClientObject self, LuaArgs args) {
        args.expectCount(1, 3, BAD_COUNT);
        return LuaReply.of(new ErrAction(args.string(1).untilNul(), errorCode(args)));
    }

    private static Optional<ErrorCode> errorCode(LuaArgs args) {
        if (args.count() == 1) {
            return Optional.empty();
        }
        double code = args.number(2);
        if (!ErrorCode.isCode(code)) {
            throw args.bad(2, "error code from 1 to " + ErrorCode.MAX_CODE + " expected");
        }
        String sqlState = args.count() == 3 ? args.string(3).utf8() : SqlState.of((int) code);
        if (!ErrorCode.isSqlState(sqlState)) {
            throw args.bad(3, "SQLSTATE of five digits or capital letters expected, not beginning with 00");
        }
        return Optional.of(new ErrorCode((int) code, sqlState));
    }

    static LuaReply query(ClientObject self, LuaArgs args) {
        args.expectCount(1, 1, BAD_COUNT);
        return LuaReply.of(new QueryAction(args.string(1)));
    }

    static LuaReply initDb(ClientObject self, LuaArgs args) {
        args.expectCount(1, 1, BAD_COUNT);
        return LuaReply.of(new InitDbAction(args.string(1).untilNul()));
    }

    static LuaReply connect(ClientObject self, LuaArgs args) {
        args.expectCount(2, 3, BAD_COUNT);
        Upstream upstream = target(args);
        Credentials credentials = ConnectParameters.read(args, 2);
        ConnectOptions options = args.count() == 3 ? ConnectOptionTable.read(args, 3) : ConnectOptions.DEFAULT;
        return LuaReply.of(new ConnectAction(upstream, credentials, options));
    }

    private static Upstream target(LuaArgs args) {
        return switch (args.get(1)) {
            case ConnectTarget target -> target.upstream();
            case LuaValue.Str _,LuaValue.Num _ -> numeric(args);
            default -> throw args.badType(1, "address");
        };
    }

    private static Upstream numeric(LuaArgs args) {
        try {
            return Upstream.of(AddressParser.parseNumeric(args.string(1), DEFAULT_PORT, Purpose.CONNECT));
        } catch (AddressException e) {
            throw LuaError.of(e);
        }
    }
}
