package dev.myproxy.lua.check;

import dev.myproxy.lua.api.ApiClass;
import dev.myproxy.lua.api.ApiField;
import dev.myproxy.lua.api.ApiFunction;
import dev.myproxy.lua.api.StandardLibrary;
import dev.myproxy.lua.check.tree.Expression;
import dev.myproxy.lua.check.tree.Statement;
import dev.myproxy.lua.check.tree.Trees;
import dev.myproxy.script.Finding;
import dev.myproxy.text.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Attributes, methods and functions that objects and libraries do not have, or that are used in the wrong way. */
final class Members implements Rule {

    @Override
    public void check(Subject subject, Consumer<Finding> found) {
        subject.program().units().forEach(unit -> new Search(subject, unit.file(), found).search(unit));
    }

    private record Search(Subject subject, String file, Consumer<Finding> found) {

        void search(Program.Unit unit) {
            Trees.statements(unit.tree(), statement -> {
                Set<Expression> targets = statement instanceof Statement.Assign assign
                        ? Set.copyOf(assign.targets())
                        : Set.of();
                statement.expressions().forEach(expression -> {
                    if (targets.contains(expression) && expression instanceof Expression.Field field) {
                        written(field);
                        Trees.within(field.object(), part -> used(part, false));
                    } else {
                        walk(expression, false);
                    }
                });
            });
        }

        /** Looks at an expression and its parts. */
        private void walk(Expression expression, boolean called) {
            used(expression, called);
            boolean function = expression instanceof Expression.Call;
            for (Expression part : expression.parts().toList()) {
                walk(part, function);
                function = false;
            }
        }

        private void used(Expression expression, boolean called) {
            switch (expression) {
                case Expression.Field field -> read(field, called);
                case Expression.MethodCall call -> method(call);
                case Expression.Call(Expression.Field field, List<Expression> arguments, int _) ->
                    colonMissing(field, arguments);
                default -> {
                    // no member
                }
            }
        }

        private void read(Expression.Field field, boolean called) {
            if (field.object() instanceof Expression.Global(String name, int _) && StandardLibrary.has(name)) {
                standard(name, field, called);
                return;
            }
            subject.types().of(field.object()).filter(c -> isUnknown(c, field.object(), field.name()))
                    .ifPresent(c -> tell(called || c.kind() == ApiClass.Kind.OBJECT, field.line(), c, field.name()));
        }

        private void standard(String library, Expression.Field field, boolean called) {
            Optional<Set<String>> fields = StandardLibrary.fields(library);
            if (fields.isPresent() && !fields.get().contains(field.name())
                    && !subject.program().assigns(library) && !subject.program().assignsField(library, field.name())) {
                tell(called, field.line(), library + " has no function \"" + field.name() + "\""
                        + Nearest.hint(field.name(), fields.get()));
            }
        }

        private void method(Expression.MethodCall call) {
            Optional<ApiClass> type = subject.types().of(call.object());
            if (type.isEmpty()) {
                return;
            }
            if (isUnknown(type.get(), call.object(), call.name())) {
                tell(true, call.line(), type.get(), call.name());
            }
            subject.types().method(type.get(), call.name()).filter(function -> !function.method()).ifPresent(
                    function -> tell(true, call.line(), "call it as " + function.qualifiedName() + "(…), with a dot"));
        }

        /** Methods called with a dot and without the object. */
        private void colonMissing(Expression.Field field, List<Expression> arguments) {
            subject.types().of(field.object()).flatMap(c -> subject.types().method(c, field.name()))
                    .filter(ApiFunction::method)
                    .filter(_ -> arguments.isEmpty()
                            || !subject.types().of(arguments.getFirst()).equals(subject.types().of(field.object())))
                    .ifPresent(function -> tell(true, field.line(),
                            "call it as " + function.qualifiedName() + "(…), with a colon"));
        }

        private void written(Expression.Field field) {
            Optional<ApiClass> type = subject.types().of(field.object()).filter(c -> c.kind() == ApiClass.Kind.OBJECT);
            if (type.isEmpty() || type.get().isOpen()) {
                return;
            }
            Optional<ApiField> attribute = subject.types().field(type.get(), field.name());
            if (attribute.isEmpty()) {
                tell(true, field.line(), type.get(), field.name());
            } else if (!attribute.get().isWritable()) {
                tell(true, field.line(),
                        "the attribute \"" + field.name() + "\" of " + type.get().name() + " can only be read");
            }
        }

        private boolean isUnknown(ApiClass c, Expression object, String name) {
            boolean assigned = object instanceof Expression.Global(String global, int _)
                    && subject.program().assignsField(global, name);
            return c.kind() != ApiClass.Kind.OPTIONS && !c.isOpen() && !assigned
                    && !subject.types().names(c).contains(name);
        }

        private void tell(boolean error, int line, ApiClass c, String name) {
            String kind = c.isGlobal() ? " has no function \"" : " has no attribute or method \"";
            tell(error, line, c.name() + kind + name + "\"" + Nearest.hint(name, subject.types().names(c)));
        }

        private void tell(boolean error, int line, String message) {
            found.accept(error ? Finding.error(file, line, message) : Finding.warning(file, line, message));
        }
    }
}
