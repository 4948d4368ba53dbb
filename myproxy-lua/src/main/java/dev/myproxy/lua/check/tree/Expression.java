package dev.myproxy.lua.check.tree;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What has a value. Lines count from 1; 0 where the parser does not tell. */
public sealed interface Expression {

    /** The line of a name; for fields that of the field's name, for calls that of what stands before the arguments. */
    int line();

    /** What it is made of; not the statements of functions. */
    default Stream<Expression> parts() {
        return switch (this) {
            case Field field -> Stream.of(field.object());
            case Index index -> Stream.of(index.object(), index.key());
            case Call call -> Stream.concat(Stream.of(call.function()), call.arguments().stream());
            case MethodCall call -> Stream.concat(Stream.of(call.object()), call.arguments().stream());
            case Table table -> table.entries().stream()
                    .flatMap(entry -> Stream.concat(entry.key().stream(), Stream.of(entry.value())));
            case Operation operation -> operation.operands().stream();
            case Local _,Global _,Literal _,Lambda _ -> Stream.empty();
        };
    }

    /** A local variable. */
    record Local(Variable variable, int line) implements Expression {}

    /** A global variable. */
    record Global(String name, int line) implements Expression {}

    /** {@code object.name} or {@code object['name']}. */
    record Field(Expression object, String name, int line) implements Expression {}

    /** {@code object[key]} with any other key. */
    record Index(Expression object, Expression key, int line) implements Expression {}

    /** {@code function(…)}. */
    record Call(Expression function, List<Expression> arguments, int line) implements Expression {}

    /** {@code object:name(…)}. */
    record MethodCall(Expression object, String name, List<Expression> arguments, int line) implements Expression {}

    /** {@code {…}}. */
    record Table(List<Entry> entries, int line) implements Expression {}

    /** One of a table's. */
    record Entry(Optional<Expression> key, Expression value, int line) {

        /** The key, if it is a string that the source says. */
        public Optional<String> name() {
            return key.flatMap(expression -> expression instanceof Literal(Optional<String> text, int _)
                    ? text
                    : Optional.empty());
        }
    }

    /** A constant, or {@code ...}; with its text if it is a string. */
    record Literal(Optional<String> text, int line) implements Expression {}

    /** Operators and parentheses. */
    record Operation(List<Expression> operands, int line) implements Expression {}

    /**
     * A function.
     *
     * @param endLine where its {@code end} stands
     */
    record Lambda(List<Variable> parameters, List<Statement> body, int line, int endLine) implements Expression {}
}
