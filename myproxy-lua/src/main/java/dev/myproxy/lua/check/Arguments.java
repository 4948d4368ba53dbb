package dev.myproxy.lua.check;

import dev.myproxy.lua.api.ApiClass;
import dev.myproxy.lua.api.ApiFunction;
import dev.myproxy.lua.api.ApiParameter;
import dev.myproxy.lua.api.FunctionType;
import dev.myproxy.lua.check.tree.Expression;
import dev.myproxy.lua.check.tree.Trees;
import dev.myproxy.script.Finding;
import dev.myproxy.text.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Calls with too few or too many arguments, and tables of options with keys that do not exist. */
final class Arguments implements Rule {

    @Override
    public void check(Subject subject, Consumer<Finding> found) {
        subject.program().units().forEach(unit -> Trees.expressions(unit.tree(), expression -> {
            switch (expression) {
                case Expression.Call call -> check(subject, call, call.arguments(), call.line(), unit.file(), found);
                case Expression.MethodCall call ->
                    check(subject, call, call.arguments(), call.line(), unit.file(), found);
                default -> {
                    // no call
                }
            }
        }));
    }

    private static void check(Subject subject, Expression call, List<Expression> arguments, int line, String file,
            Consumer<Finding> found) {
        Optional<ApiFunction> callee = subject.types().callee(call);
        // called with the wrong punctuation the arguments are shifted, which another rule tells
        if (callee.isEmpty() || callee.get().method() != call instanceof Expression.MethodCall) {
            return;
        }
        ApiFunction function = callee.get();
        count(function, arguments).ifPresent(message -> found.accept(Finding.error(file, line, message)));
        for (int i = 0; i < Math.min(arguments.size(), function.parameters().size()); i++) {
            Expression argument = arguments.get(i);
            options(subject, function.parameters().get(i))
                    .ifPresent(options -> keys(subject, function, options, argument, file, found));
        }
    }

    private static Optional<String> count(ApiFunction function, List<Expression> arguments) {
        List<ApiParameter> parameters = function.parameters();
        boolean open = parameters.stream().anyMatch(parameter -> parameter.name().equals("..."));
        long needed = parameters.stream().filter(Arguments::isNeeded).count();
        if (!function.overloads().isEmpty()) {
            return Optional.empty();
        }
        if (!open && arguments.size() > parameters.size()) {
            return Optional.of(function.qualifiedName() + " takes " + plural(parameters.size()) + ", not "
                    + arguments.size());
        }
        boolean several = !arguments.isEmpty() && switch (arguments.getLast()) {
            case Expression.Call _,Expression.MethodCall _ -> true;
            // may be ...
            case Expression.Literal(Optional<String> text, int _) -> text.isEmpty();
            default -> false;
        };
        return !several && arguments.size() < needed
                ? Optional.of(function.qualifiedName() + " needs " + plural(needed) + ", not " + arguments.size())
                : Optional.empty();
    }

    private static String plural(long count) {
        return count == 0 ? "no arguments" : count == 1 ? "1 argument" : count + " arguments";
    }

    private static boolean isNeeded(ApiParameter parameter) {
        List<String> types = FunctionType.alternatives(parameter.type());
        return !parameter.optional() && !parameter.name().equals("...") && !types.contains("nil")
                && !types.contains("any");
    }

    private static Optional<ApiClass> options(Subject subject, ApiParameter parameter) {
        return subject.types().classOf(parameter.type()).filter(c -> c.kind() == ApiClass.Kind.OPTIONS && !c.isOpen());
    }

    private static void keys(Subject subject, ApiFunction function, ApiClass options, Expression argument, String file,
            Consumer<Finding> found) {
        Optional<Expression> value = argument instanceof Expression.Local local
                ? local.variable().onlyValue()
                : Optional.of(argument);
        if (value.isPresent() && value.get() instanceof Expression.Table table) {
            Set<String> known = subject.types().names(options);
            table.entries().forEach(entry -> entry.name().filter(name -> !known.contains(name))
                    .ifPresent(name -> found.accept(Finding.error(file, entry.line(), function.qualifiedName()
                            + " knows no key \"" + name + "\"" + Nearest.hint(name, known)))));
        }
    }
}
