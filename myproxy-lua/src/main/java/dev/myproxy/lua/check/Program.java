package dev.myproxy.lua.check;

import dev.myproxy.lua.check.tree.Expression;
import dev.myproxy.lua.check.tree.Statement;
import dev.myproxy.lua.check.tree.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** All sources of a configuration together, and what they assign to globals. */
final class Program {

    /** A source as a tree. */
    record Unit(String file, List<Statement> tree) {}

    private final List<Unit> units;
    private final Set<String> existing;
    private final Map<String, List<Optional<Expression>>> globals = new HashMap<>();
    private final Set<String> fields = new HashSet<>();

    /**
     * @param existing names of globals that there are when the configuration has run
     */
    Program(List<Unit> units, Set<String> existing) {
        this.units = units;
        this.existing = existing;
        units.forEach(unit -> Trees.statements(unit.tree(), statement -> {
            if (statement instanceof Statement.Assign assign) {
                for (int i = 0; i < assign.targets().size(); i++) {
                    assigned(assign.targets().get(i), i < assign.values().size()
                            ? Optional.of(assign.values().get(i))
                            : Optional.empty());
                }
            }
        }));
    }

    private void assigned(Expression target, Optional<Expression> value) {
        switch (target) {
            case Expression.Global(String name, int _) ->
                globals.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            case Expression.Field(Expression.Global(String table, int _), String name, int _) when table.equals("_G") ->
                globals.computeIfAbsent(name, _ -> new ArrayList<>()).add(Optional.empty());
            case Expression.Field(Expression.Global(String table, int _), String name, int _) ->
                fields.add(table + "." + name);
            default -> {
                // no global
            }
        }
    }

    List<Unit> units() {
        return units;
    }

    /** Visits all expressions. */
    void expressions(Consumer<Expression> visitor) {
        units.forEach(unit -> Trees.expressions(unit.tree(), visitor));
    }

    /** Whether the script assigns to a global. */
    boolean assigns(String global) {
        return globals.containsKey(global);
    }

    /** The globals that are assigned to, or were there when the configuration had run. */
    Set<String> ownGlobals() {
        Set<String> names = new HashSet<>(existing);
        names.addAll(globals.keySet());
        return names;
    }

    /** The value of a global that gets just one, in the source. */
    Optional<Expression> onlyValue(String global) {
        List<Optional<Expression>> values = globals.getOrDefault(global, List.of());
        return values.size() == 1 ? values.getFirst() : Optional.empty();
    }

    /** Whether the script assigns to a field of a global table. */
    boolean assignsField(String global, String field) {
        return fields.contains(global + "." + field);
    }

    /** The function that an expression stands for, if the source tells. */
    Optional<Expression.Lambda> function(Expression expression) {
        return switch (expression) {
            case Expression.Lambda lambda -> Optional.of(lambda);
            case Expression.Local local -> local.variable().onlyValue().flatMap(this::lambda);
            case Expression.Global global -> onlyValue(global.name()).flatMap(this::lambda);
            default -> Optional.empty();
        };
    }

    private Optional<Expression.Lambda> lambda(Expression value) {
        return value instanceof Expression.Lambda lambda ? Optional.of(lambda) : Optional.empty();
    }
}
