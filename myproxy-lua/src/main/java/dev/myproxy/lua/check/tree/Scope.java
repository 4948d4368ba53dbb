package dev.myproxy.lua.check.tree;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The local names that are visible at some place. */
final class Scope {

    private final Optional<Scope> outer;
    private final Map<String, Variable> names = new HashMap<>();

    Scope() {
        outer = Optional.empty();
    }

    private Scope(Scope outer) {
        this.outer = Optional.of(outer);
    }

    Scope inner() {
        return new Scope(this);
    }

    void add(Variable variable) {
        names.put(variable.name(), variable);
    }

    Optional<Variable> find(String name) {
        for (Optional<Scope> scope = Optional.of(this); scope.isPresent(); scope = scope.get().outer) {
            Variable found = scope.get().names.get(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
