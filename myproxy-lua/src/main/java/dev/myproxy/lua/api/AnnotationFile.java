package dev.myproxy.lua.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads one annotation file. Pure; see the package for what it may hold. */
final class AnnotationFile {

    private static final Pattern FUNCTION = Pattern
            .compile("function\\s+(?:(\\w+)([.:]))?(\\w+)\\s*\\(([^)]*)\\)\\s*end");
    private static final Pattern VALUE = Pattern.compile("(local\\s+)?(?:(\\w+)\\.)?(\\w+)\\s*=\\s*(?:\\{\\s*}|nil)");

    /** A name of a type, where it was mentioned. */
    record Mention(String name, Place place) {}

    /** What was read. */
    record Content(ApiLibrary library, List<Mention> mentions) {}

    private final String name;
    private final String file;
    private final List<Mention> mentions = new ArrayList<>();
    private final Set<ApiLibrary.Alias> aliases = new LinkedHashSet<>();
    private final TagReader tags = new TagReader(aliases, (type, place) -> mentions.add(new Mention(type, place)));
    private final Map<String, String> classOfVariable = new LinkedHashMap<>();
    private final Map<String, ApiClass> classes = new LinkedHashMap<>();
    private final List<ApiVariable> variables = new ArrayList<>();
    private final List<ApiFunction> functions = new ArrayList<>();
    private String description = "";

    private AnnotationFile(String name, String file) {
        this.name = name;
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param name without {@code .lua}
     * @param file as messages show it
     * @throws AnnotationException if it breaks the rules
     */
    static Content read(String name, String file, String source) {
        return new AnnotationFile(name, file).read(source.lines().toList());
    }

    private Content read(List<String> lines) {
        if (lines.isEmpty() || !lines.getFirst().strip().equals("---@meta")) {
            throw new AnnotationException(new Place(file, 1), "the first line must be ---@meta");
        }
        Block block = new Block();
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            Place place = new Place(file, i + 1);
            if (line.startsWith("---")) {
                block.begun = true;
                tags.read(block, lines.get(i).stripLeading().substring(3), place);
            } else if (line.isEmpty()) {
                block = end(block, place);
            } else if (!line.startsWith("--")) {
                declare(block, line, place);
                block = new Block();
            }
        }
        end(block, new Place(file, lines.size()));
        return new Content(new ApiLibrary(name, description, variables, functions, List.copyOf(classes.values()),
                List.copyOf(aliases)), mentions);
    }

    /** An empty line: what stood before it belongs to nothing that follows. */
    private Block end(Block block, Place place) {
        if (block.describesFunction() || block.type.isPresent() || block.loading || block.provided) {
            throw new AnnotationException(place, "a declaration is missing after the annotations");
        }
        block.classTag.ifPresent(tag -> declareClass(tag, block, ApiClass.Kind.OPTIONS));
        String text = block.takeText();
        if (!text.isEmpty()) {
            if (!description.isEmpty() || !classes.isEmpty() || !functions.isEmpty()) {
                throw new AnnotationException(place, "this text describes nothing: a declaration is missing after it");
            }
            description = text;
        }
        return block.begun ? new Block() : block;
    }

    private void declare(Block block, String line, Place place) {
        Matcher function = FUNCTION.matcher(line);
        Matcher value = VALUE.matcher(line);
        if (function.matches()) {
            function(block, function, place);
        } else if (value.matches()) {
            value(block, value, place);
        } else {
            throw new AnnotationException(place,
                    "expected function NAME(…) end, NAME = {}, local NAME = {} or NAME = nil");
        }
    }

    private void value(Block block, Matcher value, Place place) {
        String variable = value.group(3);
        if (block.describesFunction() && (block.classTag.isEmpty() || block.describesOneWay())) {
            throw new AnnotationException(place,
                    "@param and @return are for functions, @overload for functions and objects that can be called");
        }
        if (value.group(2) != null) {
            field(block, value.group(2), variable, place);
            return;
        }
        boolean global = value.group(1) == null;
        if (block.classTag.isPresent()) {
            Block.ClassTag tag = block.classTag.get();
            declareClass(tag, block, global ? ApiClass.Kind.LIBRARY : ApiClass.Kind.OBJECT);
            classOfVariable.put(variable, tag.name());
            if (global) {
                variables.add(new ApiVariable(variable, tag.name(), tag.text(), block.traits(), place));
            }
        } else if (global) {
            String type = block.type
                    .orElseThrow(() -> new AnnotationException(place, variable + " needs @class or @type"));
            variables.add(new ApiVariable(variable, type, needed(block, variable, place), block.traits(), place));
        } else {
            throw new AnnotationException(place, "local " + variable + " needs @class");
        }
    }

    private void field(Block block, String variable, String field, Place place) {
        String type = block.type
                .orElseThrow(() -> new AnnotationException(place, variable + "." + field + " needs @type"));
        ApiClass owner = owner(variable, place);
        List<ApiField> fields = new ArrayList<>(owner.fields());
        fields.add(new ApiField(field, false, type, needed(block, field, place), place));
        classes.put(owner.name(), new ApiClass(owner.name(), owner.parent(), owner.kind(), owner.text(),
                List.copyOf(fields), owner.methods(), owner.calls(), owner.place()));
    }

    private void function(Block block, Matcher function, Place place) {
        if (block.classTag.isPresent() || block.type.isPresent()) {
            throw new AnnotationException(place, "@class and @type are not for functions");
        }
        String variable = Optional.ofNullable(function.group(1)).orElse("");
        String written = function.group(3);
        List<String> listed = Stream.of(function.group(4).split(",")).map(String::strip)
                .filter(parameter -> !parameter.isEmpty()).toList();
        List<String> described = block.parameters.stream().map(tag -> tag.parameter().name()).toList();
        if (!listed.equals(described)) {
            throw new AnnotationException(place,
                    "the parameters are " + listed + ", but the annotations describe " + described);
        }
        ApiFunction declared = new ApiFunction(variable.isEmpty() ? "" : owner(variable, place).name(), variable,
                ":".equals(function.group(2)), written, needed(block, written, place),
                block.parameters.stream().map(Block.ParameterTag::parameter).toList(), List.copyOf(block.returns),
                List.copyOf(block.overloads), block.traits(), place);
        if (variable.isEmpty()) {
            functions.add(declared);
        } else {
            ApiClass owner = owner(variable, place);
            classes.put(owner.name(), new ApiClass(owner.name(), owner.parent(), owner.kind(), owner.text(),
                    owner.fields(), Stream.concat(owner.methods().stream(), Stream.of(declared)).toList(),
                    owner.calls(), owner.place()));
        }
    }

    private ApiClass owner(String variable, Place place) {
        return Optional.ofNullable(classOfVariable.get(variable)).map(classes::get)
                .orElseThrow(() -> new AnnotationException(place, variable + " is not declared before, with @class"));
    }

    private void declareClass(Block.ClassTag tag, Block block, ApiClass.Kind kind) {
        ApiClass declared = new ApiClass(tag.name(), tag.parent(), kind, tag.text(), List.copyOf(block.fields),
                List.of(), List.copyOf(block.overloads), tag.place());
        if (tag.text().isEmpty()) {
            throw new AnnotationException(tag.place(), "the class " + tag.name() + " has no text before it");
        }
        if (classes.putIfAbsent(tag.name(), declared) != null) {
            throw new AnnotationException(tag.place(), "the class " + tag.name() + " is declared twice");
        }
    }

    private static String needed(Block block, String what, Place place) {
        String text = block.takeText();
        if (text.isEmpty()) {
            throw new AnnotationException(place, what + " has no text");
        }
        return text;
    }
}
