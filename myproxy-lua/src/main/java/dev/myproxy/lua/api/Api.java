package dev.myproxy.lua.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that scripts can call beyond Lua's own libraries, as the annotation files of this package describe it.
 *
 * @param libraries one per file, by name
 */
public record Api(List<ApiLibrary> libraries) {

    private static final Set<String> BUILTIN_TYPES = Set.of("nil", "any", "boolean", "string", "number", "integer",
            "function", "table", "thread", "userdata", "lightuserdata", "true", "false", "unknown", "self", "T");

    private static final class Holder {
        static final Api INSTALLED = read(resources());
    }

    /** What this program offers. Reads the files at first use. */
    public static Api installed() {
        return Holder.INSTALLED;
    }

    /**
     * Reads annotation files.
     *
     * @param sources their texts by name, {@code NAME.lua}
     * @throws AnnotationException if one breaks the rules, or a type or a name is declared nowhere or twice
     */
    static Api read(Map<String, String> sources) {
        List<ApiLibrary> libraries = new ArrayList<>();
        List<AnnotationFile.Mention> mentions = new ArrayList<>();
        sources.keySet().stream().sorted().forEach(file -> {
            AnnotationFile.Content content = AnnotationFile.read(file.replaceFirst("\\.lua$", ""), file,
                    Objects.requireNonNull(sources.get(file)));
            libraries.add(content.library());
            mentions.addAll(content.mentions());
        });
        Api api = new Api(List.copyOf(libraries));
        api.refuseDuplicates();
        api.refuseUnknown(mentions);
        return api;
    }

    private void refuseUnknown(List<AnnotationFile.Mention> mentions) {
        Set<String> known = new HashSet<>(BUILTIN_TYPES);
        classes().map(ApiClass::name).forEach(known::add);
        libraries.stream().flatMap(library -> library.aliases().stream()).map(ApiLibrary.Alias::name)
                .forEach(known::add);
        mentions.stream().filter(mention -> !known.contains(mention.name())).findFirst().ifPresent(unknown -> {
            throw new AnnotationException(unknown.place(), "unknown type " + unknown.name());
        });
    }

    private void refuseDuplicates() {
        Map<String, Place> seen = new HashMap<>();
        classes().forEach(c -> {
            once(seen, "class " + c.name(), c.place());
            c.fields().forEach(field -> once(seen, c.name() + "." + field.name(), field.place()));
            c.methods().forEach(method -> once(seen, c.name() + "." + method.name(), method.place()));
        });
        functions().forEach(function -> once(seen, function.name(), function.place()));
        variables().forEach(variable -> once(seen, variable.name(), variable.place()));
    }

    private static void once(Map<String, Place> seen, String what, Place place) {
        Place before = seen.putIfAbsent(what, place);
        if (before != null) {
            throw new AnnotationException(place, what + " is also declared at " + before);
        }
    }

    /** All classes. */
    public Stream<ApiClass> classes() {
        return libraries.stream().flatMap(library -> library.classes().stream());
    }

    /** All global functions. */
    public Stream<ApiFunction> functions() {
        return libraries.stream().flatMap(library -> library.functions().stream());
    }

    /** All other globals. */
    public Stream<ApiVariable> variables() {
        return libraries.stream().flatMap(library -> library.variables().stream());
    }

    /** The class with a name. */
    public Optional<ApiClass> classNamed(String name) {
        return classes().filter(c -> c.name().equals(name)).findFirst();
    }

    /** The global function with a name. */
    public Optional<ApiFunction> function(String name) {
        return functions().filter(function -> function.name().equals(name)).findFirst();
    }

    /** The global variable with a name that is no function. */
    public Optional<ApiVariable> variable(String name) {
        return variables().filter(variable -> variable.name().equals(name)).findFirst();
    }

    private static Map<String, String> resources() {
        try {
            URI directory = Objects.requireNonNull(Api.class.getResource("base.lua")).toURI().resolve(".");
            URI file = Objects.requireNonNull(Api.class.getResource("base.lua")).toURI();
            if (!file.getScheme().equals("jar")) {
                return texts(Path.of(directory));
            }
            try (FileSystem jar = FileSystems.newFileSystem(file, Map.of())) {
                return texts(Objects.requireNonNull(jar.provider().getPath(file).getParent()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> texts(Path directory) throws IOException {
        Map<String, String> texts = new HashMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".lua")).toList()) {
                texts.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        return texts;
    }
}
