package dev.myproxy.lua.script;

import dev.myproxy.lua.LuaClass;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the classes of this module, not its tests'. */
final class ModuleClasses {

    private ModuleClasses() {}

    /** All of them, not initialised. */
    static List<Class<?>> all() throws Exception {
        URI location = LuaClass.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path root = Path.of(location);
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root.resolve("dev/myproxy"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replaceFirst("\\.class$", "").replace('/', '.');
                if (!name.endsWith("package-info")) {
                    classes.add(Class.forName(name, false, ModuleClasses.class.getClassLoader()));
                }
            }
        }
        return classes;
    }
}
