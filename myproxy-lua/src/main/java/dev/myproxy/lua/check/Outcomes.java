package dev.myproxy.lua.check;

import dev.myproxy.lua.api.ApiClass;
import dev.myproxy.lua.api.ApiFunction;
import dev.myproxy.lua.api.FunctionType;
import dev.myproxy.lua.check.tree.Expression;
import dev.myproxy.lua.check.tree.Statement;
import dev.myproxy.lua.check.tree.Trees;
import dev.myproxy.script.Finding;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Decisions that are not returned, or not allowed where they are returned; handlers that may end without one; functions that
 * handlers can't call.
 */
final class Outcomes implements Rule {

    private static final String ACTION = "_action";

    @Override
    public void check(Subject subject, Consumer<Finding> found) {
        subject.program().units().forEach(unit -> Trees.statements(unit.tree(), statement -> {
            if (statement instanceof Statement.Run(Expression call, int line)) {
                action(subject, call).ifPresent(function -> found.accept(Finding.error(unit.file(), line,
                        "what " + function.qualifiedName() + "(…) gives is not returned, so that nothing happens")));
            }
        }));
        subject.handlers().stream().distinct().forEach(handler -> {
            returned(subject, handler, found);
            loadingOnly(subject, handler, found);
        });
    }

    /** The function that is called, if it builds a decision. */
    private static Optional<ApiFunction> action(Subject subject, Expression call) {
        return subject.types().callee(call)
                .filter(_ -> subject.types().of(call).map(ApiClass::name).filter(name -> name.endsWith(ACTION))
                        .isPresent());
    }

    private static void returned(Subject subject, HandlerFunctions.Handler handler, Consumer<Finding> found) {
        FunctionType type = handler.type();
        List<Statement> body = handler.function().body();
        returns(body, end -> {
            Optional<Finding> wrong = end.values().isEmpty()
                    ? type.mayReturnNothing() ? Optional.empty() : Optional.of(nothing(subject, handler, end.line()))
                    : notAllowed(subject, handler, end);
            wrong.ifPresent(found);
        });
        if (!type.mayReturnNothing() && canEnd(body)) {
            found.accept(nothing(subject, handler, handler.function().endLine()));
        }
    }

    private static Finding nothing(Subject subject, HandlerFunctions.Handler handler, int line) {
        String wanted = handler.type().returned().stream().map(name -> builder(subject, name))
                .collect(Collectors.joining(" or "));
        return Finding.warning(handler.file(), line,
                handler.name() + " can end here without returning " + wanted + ", which fails");
    }

    /** How scripts get an object of a class. */
    private static String builder(Subject subject, String className) {
        return subject.api().classes().flatMap(c -> c.methods().stream())
                .filter(method -> method.returns().stream().anyMatch(result -> result.type().equals(className)))
                .findFirst().map(method -> method.qualifiedName() + "(…)").orElse(className);
    }

    private static Optional<Finding> notAllowed(Subject subject, HandlerFunctions.Handler handler,
            Statement.Return end) {
        // only the last value counts
        Expression last = end.values().getLast();
        return subject.types().of(last).map(ApiClass::name).filter(name -> name.endsWith(ACTION))
                .filter(name -> !handler.type().returned().contains(name))
                .map(name -> Finding.error(handler.file(), end.line(),
                        handler.name() + " may not return what " + builder(subject, name) + " gives"));
    }

    /** Visits the return statements of a function, not those of functions in it. */
    private static void returns(List<Statement> block, Consumer<Statement.Return> visitor) {
        block.forEach(statement -> {
            if (statement instanceof Statement.Return end) {
                visitor.accept(end);
            }
            returns(statement.statements().toList(), visitor);
        });
    }

    /** Whether what follows a block may be reached. */
    private static boolean canEnd(List<Statement> block) {
        return block.stream().noneMatch(Outcomes::neverEnds);
    }

    private static boolean neverEnds(Statement statement) {
        return switch (statement) {
            case Statement.Return _ -> true;
            case Statement.Jump(boolean breaks, int _) -> !breaks;
            case Statement.Do(List<Statement> body, int _) -> !canEnd(body);
            case Statement.If choice -> choice.otherwise().isPresent() && !canEnd(choice.otherwise().get())
                    && choice.branches().stream().noneMatch(Outcomes::canEnd);
            case Statement.Loop loop -> loop.endless() && !breaks(loop.body());
            case Statement.Run(Expression call, int _) -> neverReturns(call);
            case Statement.Assign _,Statement.Declare _ -> false;
        };
    }

    /** Whether it is a call of {@code error} or {@code os.exit}. */
    private static boolean neverReturns(Expression call) {
        return call instanceof Expression.Call(Expression function, List<Expression> _, int _) && switch (function) {
            case Expression.Global(String name, int _) -> name.equals("error");
            case Expression.Field(Expression.Global(String table, int _), String name, int _) ->
                table.equals("os") && name.equals("exit");
            default -> false;
        };
    }

    private static boolean breaks(List<Statement> block) {
        return block.stream().anyMatch(statement -> switch (statement) {
            case Statement.Jump(boolean jump, int _) -> jump;
            case Statement.Loop _ -> false;
            default -> breaks(statement.statements().toList());
        });
    }

    private static void loadingOnly(Subject subject, HandlerFunctions.Handler handler, Consumer<Finding> found) {
        Trees.expressions(handler.function().body(), expression -> {
            if (expression instanceof Expression.Call call) {
                subject.types().callee(call).filter(function -> function.traits().loading())
                        .ifPresent(function -> found.accept(Finding.error(handler.file(), call.line(),
                                function.qualifiedName() + " can be called only while the configuration loads")));
            }
        });
    }
}
