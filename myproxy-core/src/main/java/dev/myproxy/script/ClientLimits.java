package dev.myproxy.script;

import java.util.OptionalInt;

/**
 * How many clients there may be, of all listeners together. What is not set has no limit.
 *
 * @param connections at a time, whatever they do
 * @param perAccount  of one account at a time, as the script has set it when it chose their server
 * @param logins      that have not logged in yet
 */
public record ClientLimits(OptionalInt connections, OptionalInt perAccount, OptionalInt logins) {

    /** Nothing is limited. */
    public static final ClientLimits NONE = new ClientLimits(OptionalInt.empty(), OptionalInt.empty(),
            OptionalInt.empty());

    /** The largest value of each. */
    public static final int MOST = 1_000_000;
}
