package dev.myproxy.lua.testing;

import java.util.List;

/** Lua's tracebacks, for readers of test reports. */
final class Tracebacks {

    private Tracebacks() {}

    /** The steps in files: without the library {@code test}, functions of Java or C, and the headline. */
    static List<String> ofFiles(String traceback) {
        return traceback.lines().map(String::strip).filter(line -> line.matches("[^\\[(].*:\\d+:.*")).toList();
    }
}
