package dev.myproxy.lua.lib.cache;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.lib.OptionSet;
import dev.myproxy.lua.lib.Options;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What {@code cache:new} was told.
 *
 * @param name             under which the metrics show the cache
 * @param size             how many entries at most
 * @param ttlNanos         how long an entry is good, or {@link CacheStore#FOREVER}
 * @param negativeTtlNanos how long nil and false are
 */
record CacheSettings(Optional<String> name, int size, long ttlNanos, long negativeTtlNanos) {

    static final OptionSet OPTIONS = new OptionSet("CacheOptions", "name", "negative_ttl", "size", "ttl");

    private static final int DEFAULT_SIZE = 10_000;
    private static final int MAX_SIZE = 10_000_000;

    /** Some 30 years. */
    private static final double MAX_SECONDS = 1e9;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /** Reads an argument. */
    static CacheSettings read(LuaArgs args, int number) {
        Options options = OPTIONS.read(args, number);
        return new CacheSettings(name(options), size(options),
                nanos(options.number("ttl", 0, MAX_SECONDS), CacheStore.FOREVER),
                nanos(options.number("negative_ttl", 0, MAX_SECONDS), 0));
    }

    private static Optional<String> name(Options options) {
        Optional<String> name = options.string("name").map(text -> text.utf8());
        if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
            throw options.bad("name", "1 to 64 letters, digits, '_', '-' or '.'");
        }
        return name;
    }

    private static int size(Options options) {
        double size = options.number("size", 1, MAX_SIZE).orElse(DEFAULT_SIZE);
        if (size != Math.rint(size)) {
            throw options.bad("size", "a whole number");
        }
        return (int) size;
    }

    private static long nanos(OptionalDouble seconds, long otherwise) {
        return seconds.isPresent() ? nanos(seconds.getAsDouble()) : otherwise;
    }

    /** Reads an argument: seconds. */
    static long nanos(LuaArgs args, int number) {
        double seconds = args.number(number);
        if (!(seconds >= 0 && seconds <= MAX_SECONDS)) {
            throw args.bad(number, "expected a number from 0 to 1000000000");
        }
        return nanos(seconds);
    }

    /** Any time but 0 is one nanosecond at least, so that 0 alone means that nothing is stored. */
    private static long nanos(double seconds) {
        return (long) Math.ceil(seconds * TimeUnit.SECONDS.toNanos(1));
    }
}
