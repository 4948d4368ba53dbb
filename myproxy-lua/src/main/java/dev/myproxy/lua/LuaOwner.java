package dev.myproxy.lua;

import java.util.Map;
import java.util.Optional;

/**
 * On whose behalf a task runs. Code of the task finds it through {@link LuaState#owner()}, also after waits and in
 * coroutines of the script's own.
 */
@FunctionalInterface
public interface LuaOwner {

    /** Nobody in particular. */
    LuaOwner NOBODY = Optional::empty;

    /** How lines of the log begin that are about the owner, without brackets: the name of a client's connection. */
    Optional<String> name();

    /** What lines of the log about the owner have as fields, by name. */
    default Map<String, Object> facts() {
        return Map.of();
    }
}
