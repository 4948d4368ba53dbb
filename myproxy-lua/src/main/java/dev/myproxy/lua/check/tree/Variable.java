package dev.myproxy.lua.check.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A local variable or a parameter. Each declaration has an instance of its own. */
public final class Variable {

    private final String name;
    private final boolean parameter;
    private final List<Expression> values = new ArrayList<>();
    private boolean unknown;

    Variable(String name, boolean parameter) {
        this.name = name;
        this.parameter = parameter;
    }

    public String name() {
        return name;
    }

    /** Whether a caller gives it its first value. */
    public boolean isParameter() {
        return parameter;
    }

    void assign(Optional<Expression> value) {
        value.ifPresentOrElse(values::add, () -> unknown = true);
    }

    /** Whether anything is assigned to it where it is not declared, or to a parameter at all. */
    public boolean isReassigned() {
        return parameter ? unknown || !values.isEmpty() : values.size() > 1 || (unknown && !values.isEmpty());
    }

    /** The only value that it ever gets, if there is just one and it is in the source. */
    public Optional<Expression> onlyValue() {
        return parameter || unknown || values.size() != 1 ? Optional.empty() : Optional.of(values.getFirst());
    }
}
