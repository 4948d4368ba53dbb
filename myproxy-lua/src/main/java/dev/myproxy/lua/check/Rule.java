package dev.myproxy.lua.check;

import dev.myproxy.lua.api.Api;
import dev.myproxy.script.Finding;
import java.util.List;
import java.util.function.Consumer;

/** Looks for one kind of mistake. */
interface Rule {

    /** What rules look at. */
    record Subject(Api api, Program program, Types types, List<HandlerFunctions.Handler> handlers) {}

    /** Tells all that it finds. */
    void check(Subject subject, Consumer<Finding> found);
}
