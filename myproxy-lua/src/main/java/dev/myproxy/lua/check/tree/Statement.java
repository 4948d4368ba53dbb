package dev.myproxy.lua.check.tree;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is done. Lines count from 1. */
public sealed interface Statement {

    int line();

    /** The expressions that stand in it directly. */
    default Stream<Expression> expressions() {
        return switch (this) {
            case Assign assign -> Stream.concat(assign.targets().stream(), assign.values().stream());
            case Declare declare -> declare.values().stream();
            case Run run -> Stream.of(run.call());
            case Return end -> end.values().stream();
            case If choice -> choice.conditions().stream();
            case Loop loop -> loop.heads().stream();
            case Do _,Jump _ -> Stream.empty();
        };
    }

    /** The statements that stand in it directly. */
    default Stream<Statement> statements() {
        return switch (this) {
            case If choice -> Stream.concat(choice.branches().stream(), choice.otherwise().stream())
                    .flatMap(List::stream);
            case Loop loop -> loop.body().stream();
            case Do block -> block.body().stream();
            case Assign _,Declare _,Run _,Return _,Jump _ -> Stream.empty();
        };
    }

    /** Assignments and definitions of functions that are not local. */
    record Assign(List<Expression> targets, List<Expression> values, int line) implements Statement {}

    /** {@code local …}. */
    record Declare(List<Variable> variables, List<Expression> values, int line) implements Statement {}

    /** A call whose results nobody takes. */
    record Run(Expression call, int line) implements Statement {}

    /** {@code return …}. */
    record Return(List<Expression> values, int line) implements Statement {}

    /** {@code if}, with as many conditions as branches. */
    record If(List<Expression> conditions, List<List<Statement>> branches, Optional<List<Statement>> otherwise,
            int line)
            implements
                Statement {}

    /**
     * A loop.
     *
     * @param endless whether only {@code break} and {@code return} end it
     */
    record Loop(List<Expression> heads, List<Statement> body, boolean endless, int line) implements Statement {}

    /** {@code do … end}. */
    record Do(List<Statement> body, int line) implements Statement {}

    /**
     * A goto, a label, or what ends a loop.
     *
     * @param breaks whether it ends a loop
     */
    record Jump(boolean breaks, int line) implements Statement {}
}
