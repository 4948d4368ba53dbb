package dev.myproxy.lua.check;

import dev.myproxy.lua.api.Api;
import dev.myproxy.lua.check.tree.Trees;
import dev.myproxy.script.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Inspects the sources of a configuration. Pure. */
public final class Inspection {

    private static final List<Rule> RULES = List.of(new GlobalNames(), new Members(), new Arguments(), new Outcomes());

    /** What is larger is data. */
    private static final int MAX_BYTES = 4 << 20;

    private Inspection() {}

    /**
     * Looks for mistakes.
     *
     * @param sources  all files of the configuration: what one of them sets, the others know
     * @param existing names of the globals that are there when the configuration has run
     * @return sorted by place, without those in lines that end with {@code -- myproxy: ignore}
     */
    public static List<Finding> of(List<LuaSource> sources, Set<String> existing) {
        return of(Api.installed(), sources, existing);
    }

    static List<Finding> of(Api api, List<LuaSource> sources, Set<String> existing) {
        TreeSet<Finding> found = new TreeSet<>();
        List<Program.Unit> units = new ArrayList<>();
        sources.forEach(source -> {
            if (source.text().length() > MAX_BYTES) {
                found.add(Finding.warning(source.name(), 0, "not inspected, only run, because it is so large"));
                return;
            }
            try {
                units.add(new Program.Unit(source.name(), Trees.read(source.text())));
            } catch (Trees.UnreadableException e) {
                found.add(Finding.warning(source.name(), 0,
                        "not inspected, only run, because it is not plain Lua 5.1: " + e.getMessage()));
            }
        });
        Program program = new Program(units, existing);
        List<HandlerFunctions.Handler> handlers = HandlerFunctions.of(api, program);
        Rule.Subject subject = new Rule.Subject(api, program, new Types(api, program, handlers), handlers);
        RULES.forEach(rule -> rule.check(subject, found::add));
        sources.forEach(source -> {
            List<Boolean> ignored = source.ignoredLines();
            found.removeIf(finding -> finding.file().equals(source.name()) && finding.line() > 0
                    && finding.line() <= ignored.size() && ignored.get(finding.line() - 1));
        });
        return List.copyOf(found);
    }
}
