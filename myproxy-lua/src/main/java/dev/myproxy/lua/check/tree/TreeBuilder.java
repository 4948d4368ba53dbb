package dev.myproxy.lua.check.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.ast.Block;
import org.luaj.vm2.ast.Exp;
import org.luaj.vm2.ast.FuncBody;
import org.luaj.vm2.ast.Name;
import org.luaj.vm2.ast.Stat;
import org.luaj.vm2.ast.TableConstructor;
import org.luaj.vm2.ast.TableField;

/** Turns what LuaJ's parser gives into our tree, and tells local variables from global ones. */
final class TreeBuilder {

    private TreeBuilder() {}

    static List<Statement> build(Block chunk) {
        return new TreeBuilder().block(chunk, new Scope());
    }

    /** Statements in a scope of their own, which sees what they declare. */
    private List<Statement> block(Block block, Scope scope) {
        List<Statement> statements = new ArrayList<>();
        for (Object statement : block.stats) {
            statements.add(statement((Stat) statement, scope));
        }
        return statements;
    }

    private Statement statement(Stat statement, Scope scope) {
        int line = statement.beginLine;
        return switch (statement) {
            case Stat.Assign assign -> assign(expressions(assign.vars, scope), expressions(assign.exps, scope), line);
            case Stat.FuncDef function -> functionDefinition(function, scope);
            case Stat.LocalFuncDef function -> localFunction(function, scope);
            case Stat.LocalAssign declaration -> declare(declaration, scope);
            case Stat.FuncCallStat call -> new Statement.Run(expression(call.funccall, scope), line);
            case Stat.Return end -> new Statement.Return(expressions(end.values, scope), line);
            case Stat.IfThenElse choice -> choice(choice, scope);
            case Stat.WhileDo loop -> new Statement.Loop(List.of(expression(loop.exp, scope)),
                    block(loop.block, scope.inner()), isTrue(loop.exp), line);
            case Stat.RepeatUntil loop -> {
                // the condition sees the locals of the body
                Scope inner = scope.inner();
                List<Statement> body = block(loop.block, inner);
                yield new Statement.Loop(List.of(expression(loop.exp, inner)), body, isFalse(loop.exp), line);
            }
            case Stat.NumericFor loop -> numericFor(loop, scope);
            case Stat.GenericFor loop -> {
                List<Expression> heads = expressions(loop.exps, scope);
                Scope inner = scope.inner();
                names(loop.names, false).forEach(variable -> {
                    variable.assign(Optional.empty());
                    inner.add(variable);
                });
                yield new Statement.Loop(heads, block(loop.block, inner), false, line);
            }
            case Block inner -> new Statement.Do(block(inner, scope.inner()), line);
            case Stat.Break _ -> new Statement.Jump(true, line);
            default -> new Statement.Jump(false, line);
        };
    }

    private static boolean isTrue(Exp condition) {
        return condition instanceof Exp.Constant constant && constant.value.toboolean();
    }

    private static boolean isFalse(Exp condition) {
        return condition instanceof Exp.Constant constant && !constant.value.toboolean();
    }

    private Statement assign(List<Expression> targets, List<Expression> values, int line) {
        for (int i = 0; i < targets.size(); i++) {
            if (targets.get(i) instanceof Expression.Local(Variable variable, int _)) {
                variable.assign(value(values, i));
            }
        }
        return new Statement.Assign(targets, values, line);
    }

    /** The n-th value, if it is not one of several that a call gives. */
    private static Optional<Expression> value(List<Expression> values, int n) {
        return n < values.size() ? Optional.of(values.get(n)) : Optional.empty();
    }

    private Statement functionDefinition(Stat.FuncDef function, Scope scope) {
        int line = function.beginLine;
        Expression target = variable(function.name.name.name, line, scope);
        for (Object dot : Optional.ofNullable(function.name.dots).orElse(List.of())) {
            target = new Expression.Field(target, String.valueOf(dot), line);
        }
        boolean method = function.name.method != null;
        if (method) {
            target = new Expression.Field(target, function.name.method, line);
        }
        return assign(List.of(target), List.of(lambda(function.body, line, scope, method)), line);
    }

    private Statement localFunction(Stat.LocalFuncDef function, Scope scope) {
        Variable variable = new Variable(function.name.name, false);
        scope.add(variable);
        Expression value = lambda(function.body, function.beginLine, scope, false);
        variable.assign(Optional.of(value));
        return new Statement.Declare(List.of(variable), List.of(value), function.beginLine);
    }

    private Statement declare(Stat.LocalAssign declaration, Scope scope) {
        List<Expression> values = declaration.values == null ? List.of() : expressions(declaration.values, scope);
        List<Variable> variables = names(declaration.names, false);
        for (int i = 0; i < variables.size(); i++) {
            Optional<Expression> value = value(values, i);
            // without a value it is nil until it gets one, which then is the only one
            if (value.isPresent() || !values.isEmpty()) {
                variables.get(i).assign(value);
            }
            scope.add(variables.get(i));
        }
        return new Statement.Declare(variables, values, declaration.beginLine);
    }

    private Statement choice(Stat.IfThenElse choice, Scope scope) {
        List<Expression> conditions = new ArrayList<>(List.of(expression(choice.ifexp, scope)));
        List<List<Statement>> branches = new ArrayList<>(List.of(block(choice.ifblock, scope.inner())));
        if (choice.elseifexps != null) {
            conditions.addAll(expressions(choice.elseifexps, scope));
            for (Object branch : choice.elseifblocks) {
                branches.add(block((Block) branch, scope.inner()));
            }
        }
        return new Statement.If(conditions, branches,
                Optional.ofNullable(choice.elseblock).map(branch -> block(branch, scope.inner())), choice.beginLine);
    }

    private Statement numericFor(Stat.NumericFor loop, Scope scope) {
        List<Expression> heads = new ArrayList<>(
                List.of(expression(loop.initial, scope), expression(loop.limit, scope)));
        if (loop.step != null) {
            heads.add(expression(loop.step, scope));
        }
        Scope inner = scope.inner();
        Variable counter = new Variable(loop.name.name, false);
        counter.assign(Optional.empty());
        inner.add(counter);
        return new Statement.Loop(heads, block(loop.block, inner), false, loop.beginLine);
    }

    private static List<Variable> names(List<?> names, boolean parameters) {
        List<Variable> variables = new ArrayList<>();
        names.forEach(name -> variables.add(new Variable(((Name) name).name, parameters)));
        return variables;
    }

    private List<Expression> expressions(List<?> list, Scope scope) {
        List<Expression> expressions = new ArrayList<>();
        if (list != null) {
            list.forEach(expression -> expressions.add(expression((Exp) expression, scope)));
        }
        return expressions;
    }

    private Expression expression(Exp expression, Scope scope) {
        // what the parser gives as the begin is that of the word before; names and constants end where they begin
        int line = expression.endLine;
        return switch (expression) {
            case Exp.NameExp name -> variable(name.name.name, line, scope);
            case Exp.FieldExp field ->
                new Expression.Field(expression(field.lhs, scope), field.name.name, line);
            case Exp.IndexExp index -> index(index, scope);
            case Exp.MethodCall call -> {
                Expression object = expression(call.lhs, scope);
                yield new Expression.MethodCall(object, call.name, expressions(call.args.exps, scope), object.line());
            }
            case Exp.FuncCall call -> {
                Expression function = expression(call.lhs, scope);
                yield new Expression.Call(function, expressions(call.args.exps, scope), function.line());
            }
            case Exp.AnonFuncDef function -> lambda(function.body, line, scope, false);
            case Exp.Constant constant -> new Expression.Literal(text(constant.value), line);
            case TableConstructor table -> table(table, scope);
            case Exp.BinopExp operation -> new Expression.Operation(
                    List.of(expression(operation.lhs, scope), expression(operation.rhs, scope)), line);
            case Exp.UnopExp operation -> new Expression.Operation(List.of(expression(operation.rhs, scope)), line);
            case Exp.ParensExp parentheses -> expression(parentheses.exp, scope);
            default -> new Expression.Literal(Optional.empty(), line);
        };
    }

    private static Expression variable(String name, int line, Scope scope) {
        return scope.find(name).<Expression>map(variable -> new Expression.Local(variable, line))
                .orElseGet(() -> new Expression.Global(name, line));
    }

    private Expression index(Exp.IndexExp index, Scope scope) {
        Expression object = expression(index.lhs, scope);
        Expression key = expression(index.exp, scope);
        return key instanceof Expression.Literal(Optional<String> text, int line) && text.isPresent()
                ? new Expression.Field(object, text.get(), line)
                : new Expression.Index(object, key, index.endLine);
    }

    private static Optional<String> text(LuaValue constant) {
        return constant instanceof LuaString bytes
                ? Optional.of(new String(bytes.m_bytes, bytes.m_offset, bytes.m_length, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private Expression table(TableConstructor table, Scope scope) {
        List<Expression.Entry> entries = new ArrayList<>();
        for (Object entry : Optional.ofNullable(table.fields).orElse(List.of())) {
            TableField field = (TableField) entry;
            Optional<Expression> key = field.name != null
                    ? Optional.of(new Expression.Literal(Optional.of(field.name), field.beginLine))
                    : Optional.ofNullable(field.index).map(index -> expression(index, scope));
            entries.add(new Expression.Entry(key, expression(field.rhs, scope), field.beginLine));
        }
        return new Expression.Table(entries, table.beginLine);
    }

    private Expression.Lambda lambda(FuncBody body, int line, Scope scope, boolean method) {
        Scope inner = scope.inner();
        List<Variable> parameters = new ArrayList<>();
        if (method) {
            parameters.add(new Variable("self", true));
        }
        if (body.parlist.names != null) {
            parameters.addAll(names(body.parlist.names, true));
        }
        parameters.forEach(inner::add);
        return new Expression.Lambda(parameters, block(body.block, inner), line, body.endLine);
    }
}
