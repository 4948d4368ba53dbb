package dev.myproxy.lua.lib.jwt;

import dev.myproxy.lua.LuaValue;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The claims that say when a token is good: {@code exp} and {@code nbf}, in seconds since 1970 (RFC 7519, section 4.1). */
final class Claims {

    private static final double MILLIS = 1000;

    private Claims() {}

    /**
     * Why a token is not good now; empty if it is.
     *
     * @param leeway how many seconds clocks may differ
     */
    static Optional<String> objection(Map<LuaValue, LuaValue> claims, Instant instant, double leeway) {
        double now = instant.toEpochMilli() / MILLIS;
        return switch (time(claims, "exp")) {
            case LuaValue.Num(double expires) when now >= expires + leeway -> Optional.of("token has expired");
            case LuaValue.Nil _,LuaValue.Num _ -> notBefore(claims, now + leeway);
            default -> Optional.of("claim exp is not a number");
        };
    }

    private static Optional<String> notBefore(Map<LuaValue, LuaValue> claims, double latest) {
        return switch (time(claims, "nbf")) {
            case LuaValue.Num(double begins) when latest < begins -> Optional.of("token is not valid yet");
            case LuaValue.Nil _,LuaValue.Num _ -> Optional.empty();
            default -> Optional.of("claim nbf is not a number");
        };
    }

    private static LuaValue time(Map<LuaValue, LuaValue> claims, String name) {
        return claims.getOrDefault(LuaValue.of(name), LuaValue.nil());
    }
}
