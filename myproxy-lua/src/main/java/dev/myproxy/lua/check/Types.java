package dev.myproxy.lua.check;

import dev.myproxy.lua.api.Api;
import dev.myproxy.lua.api.ApiClass;
import dev.myproxy.lua.api.ApiField;
import dev.myproxy.lua.api.ApiFunction;
import dev.myproxy.lua.api.ApiReturn;
import dev.myproxy.lua.api.ApiVariable;
import dev.myproxy.lua.api.FunctionType;
import dev.myproxy.lua.check.tree.Expression;
import dev.myproxy.lua.check.tree.Variable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out of which class of the API an expression is, where the source leaves no doubt. */
final class Types {

    private static final int MAX_PASSES = 8;

    private final Api api;
    private final Program program;
    private final Map<Variable, ApiClass> parameters = new HashMap<>();
    private final Set<Object> open = new HashSet<>();

    Types(Api api, Program program, List<HandlerFunctions.Handler> handlers) {
        this.api = api;
        this.program = program;
        handlers.forEach(this::handler);
        for (int pass = 0, known = -1; pass < MAX_PASSES && known != parameters.size(); pass++) {
            known = parameters.size();
            passOn();
        }
    }

    private void handler(HandlerFunctions.Handler handler) {
        List<Variable> variables = handler.function().parameters();
        for (int i = 0; i < Math.min(variables.size(), handler.type().parameters().size()); i++) {
            Variable variable = variables.get(i);
            classOf(handler.type().parameters().get(i)).ifPresent(c -> parameters.put(variable, c));
        }
    }

    /** Functions that are always called with objects of one class. */
    private void passOn() {
        Map<Variable, Set<Optional<ApiClass>>> passed = new HashMap<>();
        program.expressions(expression -> {
            if (expression instanceof Expression.Call call) {
                program.function(call.function()).ifPresent(function -> {
                    for (int i = 0; i < function.parameters().size(); i++) {
                        Optional<ApiClass> type = i < call.arguments().size()
                                ? of(call.arguments().get(i))
                                : Optional.empty();
                        passed.computeIfAbsent(function.parameters().get(i), _ -> new HashSet<>()).add(type);
                    }
                });
            }
        });
        passed.forEach((variable, types) -> {
            if (types.size() == 1 && types.iterator().next().isPresent()) {
                parameters.putIfAbsent(variable, types.iterator().next().get());
            }
        });
    }

    /** The class of an expression's value; nil is thought away. */
    Optional<ApiClass> of(Expression expression) {
        return switch (expression) {
            case Expression.Local(Variable variable, int _) -> variable(variable);
            case Expression.Global(String name, int _) -> global(name);
            case Expression.Field(Expression object, String name, int _) ->
                of(object).flatMap(c -> field(c, name)).map(ApiField::type).flatMap(this::classOf);
            case Expression.Call _,Expression.MethodCall _ -> callee(expression).map(ApiFunction::returns)
                    .filter(returns -> !returns.isEmpty()).map(List::getFirst).map(ApiReturn::type)
                    .flatMap(this::classOf);
            default -> Optional.empty();
        };
    }

    private Optional<ApiClass> variable(Variable variable) {
        if (variable.isParameter()) {
            return variable.isReassigned() ? Optional.empty() : Optional.ofNullable(parameters.get(variable));
        }
        return once(variable, variable.onlyValue());
    }

    private Optional<ApiClass> global(String name) {
        if (program.assigns(name)) {
            return once(name, program.onlyValue(name));
        }
        return api.variable(name).map(ApiVariable::type).flatMap(this::classOf);
    }

    /** Values that depend on themselves have no class. */
    private Optional<ApiClass> once(Object key, Optional<Expression> value) {
        if (!open.add(key)) {
            return Optional.empty();
        }
        try {
            return value.flatMap(this::of);
        } finally {
            open.remove(key);
        }
    }

    /** The function of the API that a call calls. */
    Optional<ApiFunction> callee(Expression call) {
        return switch (call) {
            case Expression.Call(Expression.Global(String name, int _), List<Expression> _, int _) ->
                program.assigns(name) ? Optional.empty() : api.function(name);
            case Expression.Call(Expression.Field(Expression object, String name, int _), List<Expression> _, int _) ->
                of(object).flatMap(c -> method(c, name));
            case Expression.MethodCall(Expression object, String name, List<Expression> _, int _) ->
                of(object).flatMap(c -> method(c, name));
            default -> Optional.empty();
        };
    }

    Optional<ApiField> field(ApiClass c, String name) {
        return c.field(name).or(() -> c.parent().flatMap(api::classNamed).flatMap(parent -> field(parent, name)));
    }

    Optional<ApiFunction> method(ApiClass c, String name) {
        return c.method(name).or(() -> c.parent().flatMap(api::classNamed).flatMap(parent -> method(parent, name)));
    }

    /** Names of all that objects of a class have. */
    Set<String> names(ApiClass c) {
        Set<String> names = new HashSet<>(c.names().toList());
        c.parent().flatMap(api::classNamed).ifPresent(parent -> names.addAll(names(parent)));
        return names;
    }

    /** The only class among the alternatives of a type, if everything else there is nil. */
    Optional<ApiClass> classOf(String type) {
        List<String> types = FunctionType.alternatives(type).stream().filter(name -> !name.equals("nil")).toList();
        return types.size() == 1 ? api.classNamed(types.getFirst()) : Optional.empty();
    }
}
