package dev.myproxy.lua.api;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one annotation line, {@code ---…}, into a {@link Block}. */
final class TagReader {

    private static final Pattern TAG = Pattern.compile("@(\\w+)\\s*(.*)");
    private static final Pattern CLASS = Pattern.compile("(?:\\(exact\\)\\s+)?([\\w.]+)(?:\\s*:\\s*([\\w.]+))?");
    private static final Pattern NAMED = Pattern.compile("([\\w]+|\\.\\.\\.|\\[\\w+\\])(\\??)\\s+(.+)");
    private static final Pattern RESULT = Pattern.compile("([a-z_]\\w*)((?:\\s.*)?)");
    private static final Set<String> NO_NAMES = Set.of("the", "a", "an", "what", "how", "whether", "nil", "true",
            "false",
            "in", "if");
    private static final Pattern ALIAS = Pattern.compile("([\\w.]+)\\s+(.+)");

    private final Set<ApiLibrary.Alias> aliases;
    private final BiConsumer<String, Place> typeName;

    /**
     * @param aliases  takes those that are declared
     * @param typeName takes each name of a type that is mentioned
     */
    TagReader(Set<ApiLibrary.Alias> aliases, BiConsumer<String, Place> typeName) {
        this.aliases = aliases;
        this.typeName = typeName;
    }

    /**
     * Reads a line.
     *
     * @param line what follows the three dashes
     */
    void read(Block block, String line, Place place) {
        Matcher tag = TAG.matcher(line.strip());
        if (!line.strip().startsWith("@")) {
            text(block, line, place);
            return;
        }
        if (!tag.matches()) {
            throw new AnnotationException(place, "no annotation: " + line.strip());
        }
        String rest = tag.group(2);
        switch (tag.group(1)) {
            case "class" -> classTag(block, rest, place);
            case "field" -> block.fields.add(field(block, rest, place));
            case "param" -> block.parameters.add(new Block.ParameterTag(parameter(rest, place), place));
            case "return" -> block.returns.add(result(rest, place));
            case "overload" -> block.overloads.add(type(rest, place).type());
            case "type" -> block.type = Optional.of(type(rest, place).type());
            case "alias" -> alias(block, rest, place);
            case "loading" -> block.loading = true;
            case "provided" -> block.provided = true;
            default -> throw new AnnotationException(place, "unknown annotation @" + tag.group(1));
        }
    }

    private static void text(Block block, String line, Place place) {
        String text = line.startsWith(" ") ? line.substring(1) : line;
        boolean continues = block.text.isEmpty() && !text.isBlank() && Character.isLowerCase(text.charAt(0));
        if (block.describesFunction() || (continues && !block.fields.isEmpty())) {
            throw new AnnotationException(place,
                    "text must stand before the annotation that it describes, or in its line");
        }
        block.text.add(text.stripTrailing());
    }

    private void classTag(Block block, String rest, Place place) {
        Matcher declared = CLASS.matcher(rest);
        if (!declared.matches()) {
            throw new AnnotationException(place, "expected @class NAME or @class NAME: PARENT");
        }
        if (block.classTag.isPresent()) {
            throw new AnnotationException(place, "an empty line is missing before another @class");
        }
        Optional<String> parent = Optional.ofNullable(declared.group(2));
        parent.ifPresent(name -> typeName.accept(name, place));
        block.classTag = Optional.of(new Block.ClassTag(declared.group(1), parent, block.takeText(), place));
    }

    private ApiField field(Block block, String rest, Place place) {
        if (block.classTag.isEmpty()) {
            throw new AnnotationException(place, "@field without @class");
        }
        ApiParameter named = parameter(rest, place);
        String before = block.takeText();
        if (!before.isEmpty() && !named.text().isEmpty()) {
            throw new AnnotationException(place, "the text of the field stands before and after it");
        }
        String text = before + named.text();
        if (text.isEmpty()) {
            throw new AnnotationException(place, "the field " + named.name() + " has no text");
        }
        return new ApiField(named.name(), named.optional(), named.type(), text, place);
    }

    private ApiParameter parameter(String rest, Place place) {
        Matcher named = NAMED.matcher(rest);
        if (!named.matches()) {
            throw new AnnotationException(place, "expected a name and a type");
        }
        TypeReader.Read read = type(named.group(3), place);
        return new ApiParameter(named.group(1), !named.group(2).isEmpty(), read.type(), read.rest());
    }

    private ApiReturn result(String rest, Place place) {
        TypeReader.Read read = type(rest, place);
        Matcher named = RESULT.matcher(read.rest());
        if (!named.matches() || read.hash()) {
            return new ApiReturn(read.type(), "", read.rest());
        }
        if (NO_NAMES.contains(named.group(1))) {
            throw new AnnotationException(place, "the result needs a name before its text, or # between type and text");
        }
        return new ApiReturn(read.type(), named.group(1), named.group(2).strip());
    }

    private void alias(Block block, String rest, Place place) {
        Matcher declared = ALIAS.matcher(rest);
        if (!declared.matches()) {
            throw new AnnotationException(place, "expected @alias NAME TYPE");
        }
        aliases.add(new ApiLibrary.Alias(declared.group(1), type(declared.group(2), place).type(), block.takeText()));
    }

    private TypeReader.Read type(String text, Place place) {
        TypeReader.Read read = new TypeReader(text, place).read();
        read.names().forEach(name -> typeName.accept(name, place));
        return read;
    }
}
