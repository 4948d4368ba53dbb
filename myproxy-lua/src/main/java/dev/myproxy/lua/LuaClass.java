package dev.myproxy.lua;

import dev.myproxy.protocol.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What scripts can do with the objects of one Java class: attributes, methods, text, equality. An adapter turns it into
 * metamethods. Built once, in a static initialiser; immutable afterwards.
 *
 * @param <T> the objects
 */
public final class LuaClass<T extends LuaObject> {

    /** What a method of the class does. */
    @FunctionalInterface
    public interface Method<T> {
        /** The method; {@code args} are without {@code self}. See {@link LuaBody}. */
        LuaReply call(T self, LuaArgs args);
    }

    /** Sets an attribute that has no name of its own. */
    @FunctionalInterface
    public interface Setter<T> {
        /** Sets {@code self.key}; a {@link LuaError} is raised in the script. */
        void set(T self, LuaValue key, LuaValue value);
    }

    private record Member<T>(Function<T, LuaReply> read, Optional<BiConsumer<T, LuaValue>> write) {}

    private final String name;
    private final Class<T> type;
    private final Map<String, Member<T>> members = new LinkedHashMap<>();
    private Optional<Consumer<T>> guard = Optional.empty();
    private Optional<BiFunction<T, LuaValue, LuaReply>> getter = Optional.empty();
    private Optional<Setter<T>> setter = Optional.empty();
    private Optional<Function<T, ByteString>> text = Optional.empty();
    private Optional<BiPredicate<T, T>> equality = Optional.empty();
    private Optional<Method<T>> call = Optional.empty();

    /**
     * @param name as in {@code NAME expected, got nil}
     */
    public LuaClass(String name, Class<T> type) {
        this.name = name;
        this.type = type;
    }

    /** Adds an attribute that can be read. */
    public LuaClass<T> attribute(String attribute, Function<T, LuaValue> read) {
        return waiting(attribute, self -> LuaReply.of(read.apply(self)));
    }

    /** Adds an attribute that can be read and written. */
    public LuaClass<T> attribute(String attribute, Function<T, LuaValue> read, BiConsumer<T, LuaValue> write) {
        members.put(attribute, new Member<>(self -> LuaReply.of(read.apply(self)), Optional.of(write)));
        return this;
    }

    /** Adds an attribute whose value, the first of the results, may come later: the coroutine that reads it waits. */
    public LuaClass<T> waiting(String attribute, Function<T, LuaReply> read) {
        members.put(attribute, new Member<>(read, Optional.empty()));
        return this;
    }

    /**
     * Adds a method. It checks its {@code self}; in its error texts arguments count without {@code self}.
     */
    public LuaClass<T> method(String method, Method<T> body) {
        LuaBuiltin function = new LuaBuiltin(method, args -> body.call(args.object(1, this), args.withoutSelf()));
        return attribute(method, _ -> function);
    }

    /** Says what reading any other key gives; otherwise that is nil. */
    public LuaClass<T> otherwise(BiFunction<T, LuaValue, LuaReply> read) {
        getter = Optional.of(read);
        return this;
    }

    /** Says what writing any other key does; otherwise that raises an error. */
    public LuaClass<T> otherwiseSet(Setter<T> write) {
        setter = Optional.of(write);
        return this;
    }

    /** Runs a check, which may throw a {@link LuaError}, before each access to an attribute. */
    public LuaClass<T> guard(Consumer<T> check) {
        guard = Optional.of(check);
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

    /** Says what {@code object(…)} does; otherwise that raises an error. */
    public LuaClass<T> call(Method<T> body) {
        call = Optional.of(body);
        return this;
    }

    public String name() {
        return name;
    }

    /** The names of attributes and methods, sorted. */
    public Set<String> names() {
        return new TreeSet<>(members.keySet());
    }

    /** The names of attributes that can be written, sorted. */
    public Set<String> writableNames() {
        return members.entrySet().stream().filter(member -> member.getValue().write().isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The value as an object of this class, if it is one. */
    public Optional<T> cast(LuaValue value) {
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }

    /**
     * {@code object[key]}; for the adapters.
     *
     * @return the value is the first of the results; it may come later
     * @throws LuaError also if the class has no attributes
     */
    public LuaReply get(LuaObject object, LuaValue key) {
        if (members.isEmpty() && getter.isEmpty()) {
            throw noAttributes();
        }
        T self = type.cast(object);
        guard.ifPresent(check -> check.accept(self));
        return member(key).map(member -> member.read.apply(self)).orElseGet(() -> getter
                .map(read -> read.apply(self, key)).orElseGet(() -> LuaReply.of(LuaValue.nil())));
    }

    /**
     * {@code object[key] = value}; for the adapters.
     *
     * @throws LuaError also if the class has no such attribute that can be set
     */
    public void set(LuaObject object, LuaValue key, LuaValue value) {
        T self = type.cast(object);
        Optional<BiConsumer<T, LuaValue>> write = member(key).flatMap(Member::write);
        if (write.isPresent()) {
            guard.ifPresent(check -> check.accept(self));
            write.get().accept(self, value);
        } else if (setter.isPresent()) {
            guard.ifPresent(check -> check.accept(self));
            setter.get().set(self, key, value);
        } else {
            throw noAttributes();
        }
    }

    private Optional<Member<T>> member(LuaValue key) {
        return key instanceof LuaValue.Str(ByteString bytes)
                ? Optional.ofNullable(members.get(bytes.utf8()))
                : Optional.empty();
    }

    private static LuaError noAttributes() {
        return LuaError.positioned("attempt to index a userdata value");
    }

    /** {@code tostring(object)}; empty for the engine's own way, {@code userdata: 0x…}; for the adapters. */
    public Optional<ByteString> describe(LuaObject self) {
        return text.map(describe -> describe.apply(type.cast(self)));
    }

    /** Whether its objects can be called like functions; for the adapters. */
    public boolean isCallable() {
        return call.isPresent();
    }

    /**
     * {@code object(…)}; for the adapters.
     *
     * @param args without the object
     * @throws LuaError also if objects of this class can't be called
     */
    public LuaReply call(LuaObject self, LuaArgs args) {
        return call.orElseThrow(() -> LuaError.positioned("attempt to call a userdata value")).call(type.cast(self),
                args);
    }

    /** Whether two objects, the first of this class, are {@code ==} though not the same; for the adapters. */
    public boolean equal(LuaObject self, LuaObject other) {
        return equality.isPresent() && type.isInstance(other)
                && equality.get().test(type.cast(self), type.cast(other));
    }
}
