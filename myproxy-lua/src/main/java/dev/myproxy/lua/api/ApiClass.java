package dev.myproxy.lua.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A kind of objects or of options tables, or a library's table.
 *
 * @param name    what {@code LuaClass.name()} or the name of the {@code OptionSet} is; that of the variable for tables
 * @param parent  the class whose fields it has too
 * @param methods functions, too
 * @param calls   how its objects can be called like functions, as LuaLS types {@code fun(…)}
 */
public record ApiClass(String name, Optional<String> parent, Kind kind, String text, List<ApiField> fields,
        List<ApiFunction> methods, List<String> calls, Place place) {

    /** What is of the class. */
    public enum Kind {
        /** Objects that functions return. */
        OBJECT,
        /** A global variable of that name. */
        LIBRARY,
        /** Tables that scripts make. */
        OPTIONS
    }

    /** Whether there is a global variable of that name which holds the only one. */
    public boolean isGlobal() {
        return kind == Kind.LIBRARY;
    }

    /** Names of its fields and functions. */
    public Stream<String> names() {
        return Stream.concat(fields.stream().map(ApiField::name), methods.stream().map(ApiFunction::name));
    }

    /** The field with a name. */
    public Optional<ApiField> field(String wanted) {
        return fields.stream().filter(field -> field.name().equals(wanted)).findFirst();
    }

    /** The function with a name. */
    public Optional<ApiFunction> method(String wanted) {
        return methods.stream().filter(method -> method.name().equals(wanted)).findFirst();
    }

    /** Whether any key will do. */
    public boolean isOpen() {
        return fields.stream().anyMatch(field -> field.name().startsWith("["));
    }
}
