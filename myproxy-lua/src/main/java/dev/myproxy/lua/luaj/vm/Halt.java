package dev.myproxy.lua.luaj.vm;

/** The end of Lua code that must not run on: no {@code pcall} catches it. */
public final class Halt extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * @param reason with the position of the Lua code
     */
    public Halt(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
