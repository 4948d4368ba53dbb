package dev.myproxy.lua.check;

import dev.myproxy.lua.api.Api;
import dev.myproxy.lua.api.ApiField;
import dev.myproxy.lua.api.FunctionType;
import dev.myproxy.lua.check.tree.Expression;
import dev.myproxy.lua.check.tree.Statement;
import dev.myproxy.lua.check.tree.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The functions that are handlers: what is assigned to a field of such a name, or stands in a table under it.
 */
final class HandlerFunctions {

    /**
     * One of them.
     *
     * @param name such as {@code on_connect}
     * @param type what it gets and may return
     * @param file where it stands
     */
    record Handler(String name, FunctionType type, Expression.Lambda function, String file) {}

    private final Api api;
    private final Program program;
    private final List<Handler> found = new ArrayList<>();

    private HandlerFunctions(Api api, Program program) {
        this.api = api;
        this.program = program;
    }

    static List<Handler> of(Api api, Program program) {
        HandlerFunctions functions = new HandlerFunctions(api, program);
        program.units().forEach(functions::search);
        return functions.found;
    }

    private void search(Program.Unit unit) {
        Trees.statements(unit.tree(), statement -> {
            if (statement instanceof Statement.Assign assign) {
                for (int i = 0; i < Math.min(assign.targets().size(), assign.values().size()); i++) {
                    if (assign.targets().get(i) instanceof Expression.Field field) {
                        add(field.name(), assign.values().get(i), unit);
                    }
                }
            }
        });
        Trees.expressions(unit.tree(), expression -> {
            if (expression instanceof Expression.Table table) {
                table.entries().forEach(entry -> entry.name().ifPresent(name -> add(name, entry.value(), unit)));
            }
        });
    }

    private void add(String name, Expression value, Program.Unit unit) {
        Optional<FunctionType> type = api.classNamed("Handlers").flatMap(handlers -> handlers.field(name))
                .map(ApiField::type).flatMap(FunctionType::of);
        Optional<Expression.Lambda> function = program.function(value);
        if (type.isPresent() && function.isPresent()) {
            found.add(new Handler(name, type.get(), function.get(), unit.file()));
        }
    }
}
