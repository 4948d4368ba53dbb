package dev.myproxy.lua.api;

/**
 * When and by whom something is there.
 *
 * @param loading  only while the configuration loads ({@code @loading})
 * @param provided the script may define it, and the daemon looks at it ({@code @provided})
 */
public record Traits(boolean loading, boolean provided) {

    static final Traits NONE = new Traits(false, false);
}
