package dev.myproxy.lua.lib.jwt;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaNamespace;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.lua.lib.OptionSet;
import dev.myproxy.lua.lib.json.Json;
import dev.myproxy.lua.lib.json.JsonException;
import dev.myproxy.lua.lib.sodium.Keys;
import dev.myproxy.lua.lib.sodium.Sodium;
import dev.myproxy.protocol.ByteString;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/** {@code jwt}: signs tokens and verifies them. */
public final class JwtLibrary implements LuaLibrary {

    private static final OptionSet VERIFY_OPTIONS = new OptionSet("JwtVerifyOptions", "leeway");

    private static final LuaValue ALGORITHM = LuaValue.of("EdDSA");

    /** What comes from a stranger is small. */
    private static final int MAX_TOKEN_BYTES = 1 << 14;

    private static final double MAX_LEEWAY_SECONDS = 1e9;

    private final Json json;
    private final Supplier<Instant> clock;

    /**
     * The library for one script.
     *
     * @param json  of the same script
     * @param clock what time it is
     */
    public JwtLibrary(Json json, Supplier<Instant> clock) {
        this.json = json;
        this.clock = clock;
    }

    @Override
    public void open(LuaState lua) {
        new LuaNamespace("jwt").function("sign", Sodium.body(JwtLibrary::sign))
                .function("verify", Sodium.body(this::verify)).open(lua);
    }

    private static LuaReply sign(LuaArgs args) {
        args.expectCount(3, 3);
        ByteString secretKey = Keys.signSecretKey(args, 1);
        SortedMap<ByteString, LuaValue> header = Json.members(args, 2);
        header.put(ByteString.of("alg"), ALGORITHM);
        header.put(ByteString.of("typ"), LuaValue.of("JWT"));
        ByteString unsigned = Token.unsigned(Json.write(header, args, 2), Json.write(Json.members(args, 3), args, 3));
        return LuaReply.of(LuaValue.of(Token.join(unsigned, Sodium.sign(unsigned, secretKey))));
    }

    private LuaReply verify(LuaArgs args) {
        args.expectCount(2, 3);
        ByteString text = args.string(1);
        ByteString publicKey = Keys.publicKey(args, 2);
        double leeway = VERIFY_OPTIONS.read(args, 3).number("leeway", 0, MAX_LEEWAY_SECONDS).orElse(0);
        try {
            Verified verified = verify(text, publicKey, leeway);
            return LuaReply.of(verified.payload, verified.header);
        } catch (Refused e) {
            return LuaReply.of(LuaValue.nil(), LuaValue.of(String.valueOf(e.getMessage())));
        }
    }

    /** A token that is good. */
    private record Verified(LuaValue payload, LuaValue header) {}

    /** A token that is not, and why. */
    private static final class Refused extends Exception {

        private static final long serialVersionUID = 1;

        Refused(String reason) {
            super(reason, null, false, false);
        }
    }

    private Verified verify(ByteString text, ByteString publicKey, double leeway) throws Refused {
        if (text.length() > MAX_TOKEN_BYTES) {
            throw new Refused("token is longer than " + MAX_TOKEN_BYTES + " bytes");
        }
        Token token = Token.parse(text).orElseThrow(() -> new Refused("malformed token"));
        LuaValue.Fresh header = object(token.header());
        checkHeader(header.entries());
        if (token.signature().length() != Sodium.SIGNATURE_BYTES
                || !Sodium.verify(token.signature(), token.signed(), publicKey)) {
            throw new Refused("bad signature");
        }
        LuaValue.Fresh payload = object(token.payload());
        Optional<String> objection = Claims.objection(payload.entries(), clock.get(), leeway);
        if (objection.isPresent()) {
            throw new Refused(objection.get());
        }
        return new Verified(payload, header);
    }

    private static void checkHeader(Map<LuaValue, LuaValue> header) throws Refused {
        if (!ALGORITHM.equals(header.get(LuaValue.of("alg")))) {
            throw new Refused("the token's algorithm is not EdDSA");
        }
        if (header.containsKey(LuaValue.of("crit"))) {
            // RFC 7515, section 4.1.11: who does not understand all of them must refuse the token.
            throw new Refused("the token has critical header parameters");
        }
    }

    private LuaValue.Fresh object(ByteString text) throws Refused {
        try {
            return json.readObject(text).orElseThrow(() -> new Refused("malformed token"));
        } catch (JsonException e) {
            throw new Refused("malformed token");
        }
    }
}
