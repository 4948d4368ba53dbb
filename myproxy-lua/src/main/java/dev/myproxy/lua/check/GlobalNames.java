package dev.myproxy.lua.check;

import dev.myproxy.lua.api.ApiFunction;
import dev.myproxy.lua.api.ApiVariable;
import dev.myproxy.lua.api.StandardLibrary;
import dev.myproxy.lua.check.tree.Expression;
import dev.myproxy.lua.check.tree.Statement;
import dev.myproxy.lua.check.tree.Trees;
import dev.myproxy.script.Finding;
import dev.myproxy.text.Nearest;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Globals that nothing sets. Where one is called or indexed, that fails; where its value is only looked at, it is nil, which
 * may be meant.
 */
final class GlobalNames implements Rule {

    @Override
    public void check(Subject subject, Consumer<Finding> found) {
        Set<String> known = new HashSet<>(StandardLibrary.globals());
        subject.api().functions().map(ApiFunction::name).forEach(known::add);
        subject.api().variables().map(ApiVariable::name).forEach(known::add);
        known.addAll(subject.program().ownGlobals());
        subject.program().units().forEach(unit -> new Search(known, unit.file(), found).search(unit));
    }

    private static final class Search {

        private final Set<String> known;
        private final String file;
        private final Consumer<Finding> found;
        private final Set<String> tested = new HashSet<>();

        Search(Set<String> known, String file, Consumer<Finding> found) {
            this.known = known;
            this.file = file;
            this.found = found;
        }

        void search(Program.Unit unit) {
            Trees.statements(unit.tree(), statement -> read(statement, this::test));
            Trees.statements(unit.tree(), statement -> read(statement, this::tell));
        }

        /** Visits what a statement reads; a global that is assigned to is not read. */
        private static void read(Statement statement,
                java.util.function.BiConsumer<Expression.Global, Boolean> visitor) {
            statement.expressions().forEach(expression -> {
                boolean target = statement instanceof Statement.Assign assign && assign.targets().contains(expression);
                if (!target || !(expression instanceof Expression.Global)) {
                    read(expression, false, visitor);
                }
            });
        }

        private static void read(Expression expression, boolean used,
                java.util.function.BiConsumer<Expression.Global, Boolean> visitor) {
            if (expression instanceof Expression.Global global) {
                visitor.accept(global, used);
            }
            boolean first = switch (expression) {
                case Expression.Call _,Expression.MethodCall _,Expression.Field _,Expression.Index _ -> true;
                default -> false;
            };
            for (Expression part : expression.parts().toList()) {
                read(part, first, visitor);
                first = false;
            }
        }

        /** A script that looks whether a name is there may use it afterwards. */
        private void test(Expression.Global global, boolean used) {
            if (!used) {
                tested.add(global.name());
            }
        }

        private void tell(Expression.Global global, boolean used) {
            if (!known.contains(global.name())) {
                String message = "nothing sets the global \"" + global.name() + "\""
                        + Nearest.hint(global.name(), known);
                found.accept(used && !tested.contains(global.name())
                        ? Finding.error(file, global.line(), message)
                        : Finding.warning(file, global.line(), message));
            }
        }
    }
}
