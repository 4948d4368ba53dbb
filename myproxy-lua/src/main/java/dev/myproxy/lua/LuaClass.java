package dev.myproxy.lua;

import dev.myproxy.protocol.ByteString;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What scripts can do with the objects of one Java class. An adapter turns it into metamethods.
 *
 * @param <T> the objects
 */
public final class LuaClass<T extends LuaObject> {

    /** Sets an attribute. */
    @FunctionalInterface
    public interface Setter<T> {
        /** Sets {@code self.key}; a {@link LuaError} is raised in the script. */
        void set(T self, LuaValue key, LuaValue value);
    }

    private final String name;
    private final Class<T> type;
    private Optional<BiFunction<T, LuaValue, LuaValue>> getter = Optional.empty();
    private Optional<Setter<T>> setter = Optional.empty();
    private Optional<Function<T, ByteString>> text = Optional.empty();
    private Optional<BiPredicate<T, T>> equality = Optional.empty();

    /**
     * @param name as in {@code NAME expected, got nil}
     */
    public LuaClass(String name, Class<T> type) {
        this.name = name;
        this.type = type;
    }

    /** Lets {@code object.key} give a value, which may be a {@link LuaBuiltin}: that is what methods are. */
    public LuaClass<T> index(BiFunction<T, LuaValue, LuaValue> read) {
        getter = Optional.of(read);
        return this;
    }

    /** Lets {@code object.key = value} do something. */
    public LuaClass<T> newIndex(Setter<T> write) {
        setter = Optional.of(write);
        return this;
    }

    /** Says what {@code tostring(object)} gives. */
    public LuaClass<T> text(Function<T, ByteString> describe) {
        text = Optional.of(describe);
        return this;
    }

    /** Says when two objects of this class are {@code ==}. */
    public LuaClass<T> equality(BiPredicate<T, T> equal) {
        equality = Optional.of(equal);
        return this;
    }

    /** What a method of the class does. */
    @FunctionalInterface
    public interface Method<T> {
        /** The method; {@code args} are without {@code self}. See {@link LuaBody}. */
        LuaReply call(T self, LuaArgs args);
    }

    /**
     * A method, to be returned by {@link #index}'s function. Checks its {@code self}; in its error texts arguments count
     * without {@code self}.
     */
    public LuaBuiltin method(String methodName, Method<T> body) {
        return new LuaBuiltin(methodName, args -> body.call(args.object(1, this), args.withoutSelf()));
    }

    public String name() {
        return name;
    }

    /** The value as an object of this class, if it is one. */
    public Optional<T> cast(LuaValue value) {
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }

    /** Whether the objects can be indexed at all. */
    public boolean isIndexable() {
        return getter.isPresent();
    }

    /**
     * {@code object[key]}; for the adapters.
     *
     * @throws LuaError also if the class has no attributes
     */
    public LuaValue get(LuaObject self, LuaValue key) {
        return getter.orElseThrow(() -> LuaError.positioned("attempt to index a userdata value"))
                .apply(type.cast(self), key);
    }

    /**
     * {@code object[key] = value}; for the adapters.
     *
     * @throws LuaError also if the class has no attributes that can be set
     */
    public void set(LuaObject self, LuaValue key, LuaValue value) {
        setter.orElseThrow(() -> LuaError.positioned("attempt to index a userdata value"))
                .set(type.cast(self), key, value);
    }

    /** {@code tostring(object)}; empty for the engine's own way, {@code userdata: 0x…}; for the adapters. */
    public Optional<ByteString> describe(LuaObject self) {
        return text.map(describe -> describe.apply(type.cast(self)));
    }

    /** Whether two objects, the first of this class, are {@code ==} though not the same; for the adapters. */
    public boolean equal(LuaObject self, LuaObject other) {
        return equality.isPresent() && type.isInstance(other)
                && equality.get().test(type.cast(self), type.cast(other));
    }
}
